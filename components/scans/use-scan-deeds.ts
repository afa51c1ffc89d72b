"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { announceRefusal, announceSilence } from "@/components/alerts/outcome-toast";
import { focusPart } from "@/components/ui/focus-part";
import { toast } from "@/components/ui/toast";
import type { Result } from "@/lib/domain/refusal";
import type { ScanActions, ScanPreviewView, ScanSettled } from "@/lib/domain/views/scans";

type Deed = "apply" | "release" | "discard";

/** What can be done with a preview; each sends the digest that was shown, and the page is read again whatever comes of it. */
export function useScanDeeds(environment: number, preview: ScanPreviewView | null, actions: ScanActions) {
  const router = useRouter();
  const [busy, setBusy] = useState<Deed | null>(null);

  async function carryOut(deed: Deed, call: Promise<Result<ScanSettled>>, done?: string): Promise<boolean> {
    setBusy(deed);
    const answer = await call.catch(() => null);
    setBusy(null);
    if (!answer) announceSilence();
    else if (!answer.ok) announceRefusal(answer.refusal);
    if (answer?.ok) focusPart("main"); // the pressed button goes
    if (answer?.ok && done) toast({ tone: "plain", title: done, stays: 6_000 });
    router.refresh();
    return answer?.ok === true;
  }

  const isFree = busy === null && preview !== null && preview.isNewest;
  const asked = preview && { environment, scan: preview.scan, expects: preview.digest };
  return {
    busy,
    apply: () => { if (isFree && asked && preview.may.apply) void carryOut("apply", actions.applyScan(asked)); },
    release: async (note: string) => (isFree && asked && preview.may.release ? carryOut("release", actions.releaseScan({ ...asked, note })) : false),
    discard: () => { if (busy === null && preview?.may.cancel) void carryOut("discard", actions.cancelScan({ environment, scan: preview.scan }), "Discarded: nothing was changed. What it would have done can still be read."); },
  };
}
