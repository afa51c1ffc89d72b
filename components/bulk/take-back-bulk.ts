"use client";
import { forgetAct, rememberAct } from "@/components/alerts/acts";
import { announceRefusal, announceSilence } from "@/components/alerts/outcome-toast";
import { toast } from "@/components/ui/toast";
import { cancelBulk, undoBulk } from "@/lib/actions/bulks";
import { isUnderWay, standsAt } from "@/lib/domain/bulk/words";
import type { Refusal } from "@/lib/domain/refusal";
import type { BulkStarted } from "@/lib/domain/views/bulk";
import { tellBulks } from "./bulk-news";
import { takenBackWords } from "./bulk-words";

const AGAIN: readonly string[] = ["unavailable", "limited"];

function stillRuns(refusal: Refusal): boolean {
  const status = standsAt(refusal);
  return status !== null && isUnderWay({ status });
}

/** Says what came of taking one back; what was left alone is a press away where the screen can `go` there. */
export function announceTakenBack(environment: number, bulk: number, started: BulkStarted, go: ((address: string) => void) | null) {
  const isPart = (started.left ?? 0) > 0;
  const leads = isPart && go ? { leads: true, action: { label: "Which ones", onClick: () => go(`/e/${environment}/bulk?id=${started.id}`) } } : {};
  toast({ tone: started.changed === 0 && isPart ? "error" : "plain", ...takenBackWords(bulk, started), ...leads, stays: isPart ? 12_000 : 7_000 });
}

/** Takes a bulk action back by key, as its card does by button; where nobody answered, or it still runs, it stays what is taken back next. */
export async function takeBackBulk(environment: number, bulk: number): Promise<void> {
  const answer = await undoBulk({ environment, bulk }).catch(() => null);
  if (answer?.ok) announceTakenBack(environment, bulk, answer.value, null);
  else {
    const runs = answer !== null && stillRuns(answer.refusal);
    if (!answer || runs || AGAIN.includes(answer.refusal.code)) rememberAct(environment, { kind: "began", bulk }); // what is refused for good stands in nobody's way
    if (runs) offerToCancel(environment, bulk);
    else if (answer) announceRefusal(answer.refusal);
    else announceSilence();
  }
  tellBulks();
}

function offerToCancel(environment: number, bulk: number) {
  toast({
    tone: "plain", title: `Bulk action ${bulk} still runs`, description: "Nothing is taken back yet. Cancel it, and what it has done so far is taken back.", stays: 12_000,
    leads: true, action: { label: "Cancel and take back", onClick: () => void cancelAndTakeBack(environment, bulk) }, // by its button alone: the key asked for less
  });
}

async function cancelAndTakeBack(environment: number, bulk: number): Promise<void> {
  const answer = await cancelBulk({ environment, bulk }).catch(() => null);
  if (!answer) return announceSilence();
  if (!answer.ok && standsAt(answer.refusal) === null) return announceRefusal(answer.refusal); // ended meanwhile: then it is taken back all the same
  forgetAct(environment, (act) => act.kind === "began" && act.bulk === bulk);
  await takeBackBulk(environment, bulk);
}
