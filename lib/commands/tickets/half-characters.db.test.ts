import { expect, test } from "vitest";
import { assign } from "@/lib/commands/findings/assign";
import { transition } from "@/lib/commands/findings/transition";
import { tell } from "@/lib/commands/notices/tell";
import { settleRetest } from "@/lib/commands/retests/settle";
import { prisma } from "@/lib/db/client";
import { systemActor } from "@/lib/gate/actor";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";
import { closeTickets } from "./close";
import { createTickets } from "./create";
import { reopenTickets } from "./reopen";

// A text that is cut for a shorter place ends in a whole character: half of one cannot be stored, and the whole act would fail.

/** Two of each in a row, so that whatever the place, one of two texts is cut through a character. */
const SMILES = "😀".repeat(600);
const texts = [SMILES, `x${SMILES}`];

test.each(texts)("a long reason reopens, a long note fails a retest, and a long title is told of", async (long) => {
  const environment = await makeEnvironment();
  const [ann, mia] = [await makeMember(environment, "analyst", "Ann"), await makeMember(environment, "manager", "Mia")];
  await makeFindings(await makeScope(environment), 1, { title: long.slice(0, 401).toWellFormed() });
  expect(await createTickets(ann, { environment, items: [{ number: 1 }] })).toMatchObject({ ok: true, value: { tickets: [{ number: 1 }] } });
  expect(await closeTickets(ann, { environment, items: [{ number: 1 }], reason: "patched" })).toMatchObject({ ok: true, value: { changed: [1] } });
  expect(await transition(ann, { environment, items: [{ number: 1 }], to: "resolved", reason: "patched" })).toMatchObject({ ok: true });
  expect(await reopenTickets(ann, { environment, items: [{ number: 1 }], reason: long })).toMatchObject({ ok: true, value: { changed: [1] } });
  expect((await prisma.finding.findFirstOrThrow({ where: { environmentId: environment } })).reReview).toMatch(/^T-1 was reopened: x?😀/u);
  expect(await closeTickets(ann, { environment, items: [{ number: 1 }], reason: "patched" })).toMatchObject({ ok: true, value: { changed: [1] } });
  expect(await settleRetest(ann, { environment, finding: 1, passed: false, note: long })).toMatchObject({ ok: true });

  expect(await assign(mia, { environment, items: [{ number: 1 }], assignee: ann.personId })).toMatchObject({ ok: true });
  const { actionId } = await prisma.auditEvent.findFirstOrThrow({ where: { environmentId: environment, action: "finding.assigned" } });
  expect(await tell(systemActor("worker"), { environment, actions: [actionId], origin: "https://docket.example.test", mails: true })).toMatchObject({ ok: true, value: { notices: 1, mails: 1 } });
});
