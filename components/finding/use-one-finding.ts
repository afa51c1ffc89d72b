"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { actDone, forgetAct, newestAct, rememberAct, type Decided } from "@/components/alerts/acts";
import type { Answered } from "@/components/alerts/decision-line";
import { announce, announceRefusal } from "@/components/alerts/outcome-toast";
import { movedMeanwhile, offerAgain } from "@/components/alerts/stale";
import type { Guess } from "@/components/alerts/queue-state";
import { rememberDeed, useLine, type Deed } from "@/components/alerts/use-line";
import { dismissAbout, toast } from "@/components/ui/toast";
import type { BulkOutcome, FindingActions } from "@/lib/domain/views/actions";
import type { FindingDetail, FindingPage } from "@/lib/domain/views/finding";

/** A deed that was done: it is painted until the page itself knows the version that it made. */
type Done = { deed: Deed; version: number };

const MOST = 20;
const NOTHING_BEFORE: ReadonlyMap<number, Guess> = new Map();
const actIdOf = (answer: Answered) => (answer?.result.ok ? answer.result.value.actionId : null);
const nothing = () => undefined;

/** Decisions on one finding, through the line that the queue sends its own through: painted at once, in order, tried again under their key, kept where there is no answer. */
export function useOneFinding(page: FindingPage, actions: FindingActions) {
  const router = useRouter();
  const environment = page.environment.number;
  const { number, version } = page.finding;
  const { line } = useLine(environment, nothing, nothing);
  const [done, setDone] = useState<readonly Done[]>([]);
  const about = line.entries().filter(({ deed }) => deed.items.some((item) => item.number === number));
  const painted = [...done.filter((each) => each.version > version), ...about.filter(({ standing }) => standing !== "stuck")];
  const finding = painted.reduce<FindingDetail>((row, { deed }) => ({ ...row, ...deed.guess(row) }), page.finding);

  /** Sends it and says what became of it, then the page is read again. Null: it was refused, or taken out of the line. */
  async function send(deed: Deed, undo: ((actionId: string) => void) | null): Promise<BulkOutcome | null> {
    const { id, answered } = line.push(deed);
    if (undo) rememberAct(environment, { kind: "decided", id, deed, before: NOTHING_BEFORE, actionId: answered.then(actIdOf) });
    const answer = await answered;
    if (!answer) return null;
    const { result } = answer;
    if (result.ok) {
      const made = result.value.rows.find((row) => row.number === number)?.version;
      if (made !== undefined) setDone((before) => [...before, { deed, version: made }].slice(-MOST));
      announce(deed.did, result.value, undo, movedMeanwhile(deed, result.value));
    } else announceRefusal(result.refusal);
    router.refresh();
    return result.ok ? result.value : null;
  }

  /** Takes an act back: on this finding alone, unless the whole of it is asked for. What it did to others stands, and may still be taken back. */
  async function takeBack(actionId: string, isWhole = false) {
    const items = [{ number, version }]; // what follows on the finding waits for it, and goes out on what it made
    const act = actDone(environment, actionId);
    const isAll = isWhole || act === null || act.deed.items.length === 1;
    if (isAll) forgetAct(environment, (each) => each === act);
    const outcome = await send({ did: "Taken back", items, guess: () => ({}), call: ({ key }) => actions.revertAction({ environment, actionId, key, items: isWhole ? undefined : [{ number }] }) }, null);
    if (!outcome) return;
    setDone([]);
    if (isAll) dismissAbout(actionId);
  }
  const undo = (actionId: string) => void takeBack(actionId);

  async function carryOut(deed: Deed): Promise<boolean> {
    rememberDeed(environment, deed);
    for (const { id, standing } of about) if (standing === "stuck") line.drop(id); // decided anew
    const outcome = await send(deed, undo);
    if (outcome) void offerAgain(environment, deed, outcome, (next) => void carryOut(next));
    return outcome !== null && outcome.changed + outcome.requested > 0;
  }

  function takeBackAct(act: Decided) {
    forgetAct(environment, (each) => each === act);
    if (line.recall(act.id)) toast({ tone: "plain", title: `Taken back before it was sent: ${act.deed.did}`, stays: 5_000 });
    else void act.actionId.then((id) => (id === null ? undefined : takeBack(id, true)));
  }

  /** Takes back what was done last to this finding in this tab, here or in the queue, also what has not been sent yet. What was done to others with it is not taken back unseen. */
  function undoLast() {
    const act = newestAct(environment, number);
    if (act?.kind !== "decided") return toast({ tone: "plain", title: "Nothing more to take back here", description: "What you did before this page was loaded is taken back in the timeline.", stays: 5_000 });
    const many = act.deed.items.length;
    if (many === 1) return takeBackAct(act);
    toast({
      tone: "plain", title: `${many.toLocaleString("en")} findings together: ${act.deed.did}`, description: "The timeline below takes it back for this one alone.", stays: 12_000,
      leads: true, action: { label: `Take back all ${many.toLocaleString("en")}`, onClick: () => takeBackAct(act) },
    });
  }
  return { finding, carryOut, undo, undoLast };
}
