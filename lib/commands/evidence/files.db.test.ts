import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { addEvidence } from "@/lib/commands/findings/add-evidence";
import { tidy } from "@/lib/commands/upkeep/tidy";
import { prisma, sql } from "@/lib/db/client";
import { downloaded } from "@/lib/doors/download";
import { MAX_FILE_BYTES } from "@/lib/domain/evidence/file";
import { evidenceFile } from "@/lib/queries/evidence-file";
import { loadFinding } from "@/lib/queries/finding-page";
import { moveClock } from "@/lib/testing/clock";
import { done } from "@/lib/testing/done";
import { logLength } from "@/lib/testing/expect-audit";
import { makeEnvironment, makeFinding, makeFindings, makeMember, makeScope } from "@/lib/testing/make";
import { addEvidenceFile } from "./add-file";

// A file that proves something is kept as it came and handed out as bytes of no kind.
async function* sent(...pieces: Uint8Array[]) {
  yield* pieces;
}
const page = Buffer.from("<script>alert(1)</script>");
const send = (bytes: Uint8Array[] = [page], declaredBytes: number | null = null) => ({ bytes: sent(...bytes), declaredBytes });

test("a page that calls itself a picture is kept, hashed, listed on the finding and handed out as an attachment of no kind", async () => {
  const environment = await makeEnvironment();
  const [ann, max] = [await makeMember(environment, "analyst", "Ann"), await makeMember(environment)];
  const finding = await makeFinding(await makeScope(environment));
  const file = done(await addEvidenceFile(ann, { environment, name: "..\\..\\proof\u202e.png" }, send([page.subarray(0, 5), page.subarray(5)])));
  expect(file).toMatchObject({ name: "proof.png", size: page.length, sha256: createHash("sha256").update(page).digest("hex") });

  const attach = (by: typeof ann, numbers: number[]) => addEvidence(by, { environment, items: numbers.map((number) => ({ number })), evidence: [{ kind: "retest", file: file.id }] });
  expect(await attach(max, [finding.number])).toMatchObject({ ok: false, refusal: { code: "invalid" } }); // another's file
  expect(await evidenceFile(max, { environment, id: file.id })).toMatchObject({ ok: false, refusal: { code: "missing" } });
  done(await attach(ann, [finding.number]));
  expect(await attach(ann, [finding.number])).toMatchObject({ ok: false, refusal: { errors: [{ path: "evidence.0.file" }] } }); // attached once

  const shown = done(await loadFinding(ann, { environment, number: finding.number }));
  expect(shown.evidence).toMatchObject([{ kind: "retest", file }]);
  expect(shown.timeline.entries.map(({ action, files }) => [action, files])).toContainEqual(["finding.evidence_added", [file]]);
  const response = downloaded(done(await evidenceFile(max, { environment, id: file.id })));
  expect(Object.fromEntries(response.headers)).toMatchObject({ "content-type": "application/octet-stream", "x-content-type-options": "nosniff", "content-disposition": 'attachment; filename="proof.png"' });
  expect(Buffer.from(await response.arrayBuffer())).toEqual(page);
  await expect(prisma.$executeRaw(sql`UPDATE evidence_file SET name = 'other.png' WHERE id = ${file.id}`)).rejects.toThrow(/as it came/);
  await expect(prisma.$executeRaw(sql`DELETE FROM evidence_file WHERE id = ${file.id}`)).rejects.toThrow(/as it came/);
  expect(await evidenceFile(await makeMember(await makeEnvironment()), { environment, id: file.id })).toMatchObject({ ok: false, refusal: { code: "missing" } });
});

test("what is empty, cut short, one byte too large or of somebody who may not is refused and leaves nothing", async () => {
  const environment = await makeEnvironment();
  const ann = await makeMember(environment);
  const before = await logLength();
  const block = Buffer.alloc(1024 * 1024);
  const refused = async (given: ReturnType<typeof send>, by = ann) => {
    const result = await addEvidenceFile(by, { environment, name: "a" }, given);
    return result.ok ? "kept" : result.refusal.code;
  };
  expect(await refused(send([]))).toBe("invalid");
  expect(await refused(send([page], page.length + 1))).toBe("invalid");
  expect(await refused(send([...Array.from({ length: 10 }, () => block), Buffer.from("x")]))).toBe("too_large");
  expect(await refused(send([page], MAX_FILE_BYTES + 1))).toBe("too_large");
  expect(await refused(send(), await makeMember(environment, "viewer"))).toBe("forbidden");
  expect([await prisma.evidenceFile.count({ where: { environmentId: environment } }), await logLength()]).toEqual([0, before]);
  expect(await refused(send(Array.from({ length: 10 }, () => block)))).toBe("kept");
});

test("a file that nobody attached goes after a day, one that proves something stays; and one file proves one finding", async () => {
  const environment = await makeEnvironment();
  const ann = await makeMember(environment);
  const [one, other] = await makeFindings(await makeScope(environment), 2);
  const [kept, left] = [done(await addEvidenceFile(ann, { environment, name: "kept" }, send())), done(await addEvidenceFile(ann, { environment, name: "left" }, send()))];
  const evidence = [{ kind: "commit", reference: "abc", file: kept.id }];
  expect(await addEvidence(ann, { environment, items: [{ number: one?.number }, { number: other?.number }], evidence })).toMatchObject({ ok: false, refusal: { code: "invalid" } });
  done(await addEvidence(ann, { environment, items: [{ number: one?.number }], evidence }));
  expect((await tidy()).files).toBe(0);
  await moveClock(25 * 3_600_000);
  expect((await tidy()).files).toBeGreaterThan(0);
  expect(await prisma.$queryRaw(sql`SELECT id FROM evidence_file WHERE environment_id = ${environment}`)).toEqual([{ id: kept.id }]);
  expect(left.id).not.toBe(kept.id);
  await moveClock(-25 * 3_600_000);
});
