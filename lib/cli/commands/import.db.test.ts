import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { makeEnvironment } from "@/lib/testing/make";
import { verbs } from "./import";

const sample = "lib/plugins/importers/samples/three-hosts.nessus";

async function run(file: string, values: Record<string, unknown>): Promise<{ code: number; out: string[] }> {
  const out: string[] = [];
  const code = await verbs[""]!.run({ values, positionals: [file], json: values.json === true, print: (line) => out.push(line), note: () => {} });
  return { code, out };
}

test("the command line imports by itself where no worker runs, previews, and says where a file is broken", async () => {
  const environment = String(await makeEnvironment());
  const preview = await run(sample, { environment, "dry-run": true, json: true });
  expect(preview).toMatchObject({ code: 0, out: [expect.stringContaining('"status":"previewed"')] });
  expect(await prisma.finding.count()).toBe(0);

  const done = await run(sample, { environment });
  expect(done.code).toBe(0);
  expect(done.out[0]).toMatch(/^scan \d+ completed \(nessus\): \d+ observed, \d+ new/);
  const before = await prisma.finding.count();
  expect(before).toBeGreaterThan(0);

  const broken = path.join(await mkdtemp(path.join(os.tmpdir(), "docket-import-")), "cut.nessus");
  await writeFile(broken, (await readFile(sample)).subarray(0, 2_000));
  const refused = await run(broken, { environment });
  expect(refused.code).toBe(1);
  expect(refused.out[0]).toMatch(/failed: .*line \d+/);
  expect(await prisma.finding.count()).toBe(before);
  await expect(run("there-is-no-such-file", { environment })).rejects.toThrow("there is no file");
});

test("what the brake holds is no success: exit code 1 with the reason, until a note lifts it", async () => {
  const environment = String(await makeEnvironment({ policy: { import: { brake_percent: 10, brake_least: 2 } } }));
  const folder = await mkdtemp(path.join(os.tmpdir(), "docket-import-"));
  const table = async (...titles: string[]) => {
    const file = path.join(folder, `${titles.length}.json`);
    await writeFile(file, JSON.stringify(titles.map((title) => ({ title, severity: "high", host: "web-1" }))));
    return file;
  };
  const asked = { environment, detector: "our-sheet", asset: "web-1" };
  expect((await run(await table("a", "b", "c", "d"), asked)).code).toBe(0);
  const held = await run(await table("a"), asked);
  expect(held.code).toBe(1);
  expect(held.out[0]).toMatch(/^scan \d+ held .*\n {2}3 of 4 detected findings of our-sheet on web-1 would vanish/s);
  const lifted = await run(await table("a"), { ...asked, "brake-off": true, note: "The others were retired." });
  expect([lifted.code, lifted.out[0]]).toEqual([0, expect.stringMatching(/completed.* 3 unseen/)]);
});
