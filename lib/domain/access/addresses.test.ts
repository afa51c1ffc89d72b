import { BlockList, isIPv4 } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isNetwork, liesIn } from "./addresses";

const four = fc.ipV4();
const six = fc.ipV6();
const familyOf = (address: string) => (isIPv4(address) ? "ipv4" : "ipv6");

/** The first address of the network of so many bits around an address, by strings of bits: nothing of the code that is tried here. */
function firstOf(address: string, length: number): string {
  if (isIPv4(address)) {
    const bits = address.split(".").map((part) => Number(part).toString(2).padStart(8, "0")).join("").slice(0, length).padEnd(32, "0");
    return (bits.match(/.{8}/g) ?? []).map((part) => parseInt(part, 2)).join(".");
  }
  const whole = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [left = "", right = ""] = whole.split("::");
  const [before, after] = [left, right].map((side) => side.split(":").filter(Boolean));
  const filled = [...before!, ...new Array<string>(8 - before!.length - after!.length).fill("0"), ...after!];
  const bits = filled.map((part) => parseInt(part, 16).toString(2).padStart(16, "0")).join("").slice(0, length).padEnd(128, "0");
  return (bits.match(/.{16}/g) ?? []).map((part) => parseInt(part, 2).toString(16)).join(":");
}

describe("an address in a network", () => {
  it.each([["IPv4", four, 32], ["IPv6", six, 128]] as const)("lies where node's own list says, %s", (_family, address, most) => {
    fc.assert(fc.property(address, address, fc.nat(most), fc.boolean(), (inside, other, length, same) => {
      const asked = same ? inside : other;
      const first = firstOf(inside, length);
      const list = new BlockList();
      list.addSubnet(first, length, familyOf(inside));
      if (asked.includes(":") && /^(0*:)*:?ffff:/i.test(asked)) return; // written as IPv6, meant as IPv4: below
      expect(liesIn(asked, [`${first}/${length}`])).toBe(list.check(asked, familyOf(asked)));
      expect(liesIn(inside, ["192.0.2.1", `${first}/${length}`])).toBe(true);
    }), { numRuns: 500 });
  });

  it("is met in whatever dress it comes: a socket's IPv4 as IPv6, capitals, zeros", () => {
    expect(liesIn("::ffff:203.0.113.7", ["203.0.113.0/24"])).toBe(true);
    expect(liesIn("::ffff:cb00:7107", ["203.0.113.7"])).toBe(true);
    expect(liesIn("203.0.113.7", ["::ffff:203.0.113.0/120"])).toBe(true);
    expect(liesIn("2001:DB8:0:0::1", ["2001:db8::/32"])).toBe(true);
    expect(liesIn("203.0.113.7", ["::/0"])).toBe(false);
    expect(liesIn("::1", ["0.0.0.0/0"])).toBe(false);
  });

  it.each(["unknown", "", "203.0.113.7:4711", "203.0.113", "0x7f.1", "::1%eth0", "127.0.0.1 "])("that cannot be read lies nowhere: %j", (address) => {
    expect(liesIn(address, ["0.0.0.0/0", "::/0"])).toBe(false);
  });
});

describe("a network", () => {
  it.each(["203.0.113.7", "203.0.113.0/24", "0.0.0.0/0", "::1", "2001:db8::/32", "::ffff:10.0.0.0/104"])("is %s", (text) => {
    expect(isNetwork(text)).toBe(true);
  });

  it.each(["", "localhost", "203.0.113.7/24", "203.0.113.0/33", "203.0.113.0/", "203.0.113.0/-1", "203.0.113.0/24/24", "2001:db8::1/32", "2001:db8::/129", "::ffff:0.0.0.0/8", "203.0.113.0/1e1"])("is not %j", (text) => {
    expect(isNetwork(text)).toBe(false);
  });
});
