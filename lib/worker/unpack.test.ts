import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { unpacked } from "./unpack";

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function all(source: AsyncIterable<Uint8Array>): Promise<string> {
  const read: Uint8Array[] = [];
  for await (const piece of source) read.push(piece);
  return Buffer.concat(read).toString();
}

const text = JSON.stringify(Array.from({ length: 5_000 }, (_, n) => ({ n, word: `result ${n * 7919}` })));

test("plain or gzip, in whatever pieces it comes, the report is the same", async () => {
  const packed = gzipSync(text);
  for (const size of [1, 7, 65_536]) {
    expect(await all(unpacked(pieces(Buffer.from(text), size)))).toBe(text);
    expect(await all(unpacked(pieces(packed, size)))).toBe(text);
  }
});

test("a gzip file cut at any place is refused, never taken for a short report", async () => {
  const packed = gzipSync(text);
  for (let cut = 3; cut < packed.length; cut += Math.ceil(packed.length / 40)) {
    await expect(all(unpacked(pieces(packed.subarray(0, cut), 1_000)))).rejects.toThrow("cut short");
  }
  const hurt = Buffer.from(packed);
  hurt.fill(255, 200, 220);
  await expect(all(unpacked(pieces(hurt, 1_000)))).rejects.toThrow(/damaged|cut short/);
});

test("a small file that unpacks to a mountain is refused before the mountain is there", async () => {
  const bomb = gzipSync(Buffer.alloc(100 * 1024 ** 2));
  let passed = 0;
  const read = async () => {
    for await (const piece of unpacked(pieces(bomb, 10_000))) passed += piece.length;
  };
  await expect(read()).rejects.toThrow("more than 200 times");
  expect(passed).toBeLessThan(70 * 1024 ** 2);
  await expect(all(unpacked(pieces(Buffer.from(text), 1_000), { bytes: 1_000, ratio: 200 }))).rejects.toThrow("larger than");
});
