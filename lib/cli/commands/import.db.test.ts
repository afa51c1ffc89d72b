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
