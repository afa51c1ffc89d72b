import { describe, expect, it } from "vitest";
import { MOST_OTHER_NAMES } from "@/lib/domain/scan/report";
import { LIMITS } from "../limits";
import { otherNamesIn } from "./other-names";
import { Tally } from "./tally";

describe("other names of an asset", () => {
  it("are host names and addresses, each once, and not what reports write where they know none", () => {
    expect(otherNamesIn(["192.0.2.7, web-3.example.com", "web-3.example.com", "fe80::1%eth0", "büro.example", null, undefined])).toEqual(["192.0.2.7", "web-3.example.com", "fe80::1%eth0", "büro.example"]);
    expect(otherNamesIn(["No registered hostname", "N/A", "-", "any", "", "127.0.0.1", "10.0.*", "<b>x</b>", "a".repeat(300)])).toEqual([]);
  });

  it("add up over the rows that name the asset, without its own name, and stop at what is kept", () => {
    const tally = new Tally(LIMITS);
    tally.looked("web-3", "host", ["192.0.2.7", "web-3"]);
    tally.looked("web-3", "host", ["192.0.2.8", "192.0.2.7"]);
    tally.looked("web-4", "host");
    for (let at = 0; at < 200; at++) tally.looked("laptop", "host", [`10.0.0.${String(at)}`]);
    const part = tally.part("probe");
    const assets = part.kind === "part" ? part.part.scannedAssets : [];
    expect(assets.slice(0, 2)).toEqual([{ name: "web-3", kind: "host", otherNames: ["192.0.2.7", "192.0.2.8"] }, { name: "web-4", kind: "host" }]);
    expect(assets[2]?.otherNames).toHaveLength(MOST_OTHER_NAMES);
  });
});
