import fc from "fast-check";
import { expect, test } from "vitest";
import { closeTickets } from "@/lib/commands/tickets/close";
import { createTickets } from "@/lib/commands/tickets/create";
import { reopenTickets } from "@/lib/commands/tickets/reopen";
import { prisma } from "@/lib/db/client";
import { changePolicy, makeEnvironment, makeMember } from "@/lib/testing/make";
import { imported } from "@/lib/testing/scans";
import { settleRetest } from "./settle";

// Whatever happens in whatever order, the fix of a ticket stands where a model of four lines says.
const STEPS = ["close", "reopen", "passes", "fails", "seen", "gone"] as const;
type Step = (typeof STEPS)[number];
type Model = { closed: boolean; fix: "open" | "resolved" | "verified" | "reopened"; attempts: number; reopened: number };

/** Evidence speaks about what was called ready; people about the ticket. */
function next(model: Model, step: Step): Model {
  const ready = model.fix === "resolved" || model.fix === "verified";
  if (step === "close") return model.closed ? model : { ...model, closed: true, fix: ready ? model.fix : "resolved" };
  if (step === "reopen") return model.closed ? { ...model, closed: false, fix: ready ? "reopened" : model.fix, reopened: model.reopened + 1 } : model;
  if (step === "passes") return { ...model, fix: "verified" };
  if (step === "gone") return model.fix === "resolved" ? { ...model, fix: "verified" } : model;
  return ready ? { closed: false, fix: "reopened", attempts: model.attempts + 1, reopened: model.reopened + (model.closed ? 1 : 0) } : model;
}

test("closing, reopening, retests, scans and regressions in any order end where the model ends", async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom(...STEPS), { minLength: 3, maxLength: 7 }), async (steps) => {
    const environment = await makeEnvironment();
    await changePolicy(environment, { tickets: { deployment_hours: 0 } });
    const ann = await makeMember(environment);
    const scan = (hour: number, sees: string[]) => imported({ environment, takenAt: new Date(Date.now() + hour * 3_600_000), sees });
    await scan(-1, ["a"]);
    await createTickets(ann, { environment, items: [{ number: 1 }], grouping: "one", connector: null });
    let model: Model = { closed: false, fix: "open", attempts: 0, reopened: 0 };
    for (const [at, step] of steps.entries()) {
      if (step === "close") await closeTickets(ann, { environment, items: [{ number: 1 }], reason: "patched" });
      else if (step === "reopen") await reopenTickets(ann, { environment, items: [{ number: 1 }], reason: "rolled back" });
      else if (step === "seen" || step === "gone") await scan(1 + at, step === "seen" ? ["a"] : []);
      else await settleRetest(ann, { environment, finding: 1, passed: step === "passes", note: step });
      model = next(model, step);
      const { state, remediation, attempts, reopenCount } = await prisma.ticket.findFirstOrThrow({ where: { environmentId: environment } });
      expect({ steps: steps.slice(0, at + 1), closed: state === "closed", fix: remediation, attempts, reopened: reopenCount }).toEqual({ steps: steps.slice(0, at + 1), ...model });
    }
  }), { numRuns: 12 });
}, 120_000);
