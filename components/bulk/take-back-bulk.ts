"use client";
import { rememberAct } from "@/components/alerts/acts";
import { announceRefusal, announceSilence } from "@/components/alerts/outcome-toast";
import { toast } from "@/components/ui/toast";
import { undoBulk } from "@/lib/actions/bulks";
import { tellBulks } from "./bulk-news";

const AGAIN: readonly string[] = ["unavailable", "limited"];

/** Takes a bulk action back by key, as its card does by button; where nobody answered, it stays what is taken back next. */
export async function takeBackBulk(environment: number, bulk: number): Promise<void> {
  const answer = await undoBulk({ environment, bulk }).catch(() => null);
  if (answer?.ok) toast({ tone: "plain", title: `Bulk action ${bulk} is taken back`, description: "What moved since is left alone, and listed.", stays: 7_000 });
  else {
    if (!answer || AGAIN.includes(answer.refusal.code)) rememberAct(environment, { kind: "began", bulk }); // what is refused for good stands in nobody's way
    if (answer) announceRefusal(answer.refusal);
    else announceSilence();
  }
  tellBulks();
}
