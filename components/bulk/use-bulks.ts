"use client";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useLive } from "@/components/shell/live";
import { announceRefusal, announceSilence } from "@/components/alerts/outcome-toast";
import { loadMyBulks } from "@/lib/actions/bulks";
import type { BulkRecord } from "@/lib/domain/records/bulk";
import type { Result } from "@/lib/domain/refusal";
import type { BulkStarted } from "@/lib/domain/views/bulk";
import { onBulks, tellBulkEnd } from "./bulk-news";
import { isUnderWay } from "./bulk-words";

/** While something runs it is asked for this often; the stream of changes makes it sooner. */
const POLL_MS = 1_000;

/** The background bulk actions of this person, as they stand; when one ends, what the screen shows is read again, by itself where it can. */
export function useBulks(environment: number) {
  const router = useRouter();
  const [bulks, setBulks] = useState<readonly BulkRecord[]>([]);
  const running = useRef(new Set<number>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asking = useRef(false);

  async function look(): Promise<void> {
    if (asking.current) return;
    asking.current = true;
    const answer = await loadMyBulks({ environment }).catch(() => null);
    asking.current = false;
    clearTimeout(timer.current);
    if (answer?.ok) {
      const now = new Set(answer.value.filter(isUnderWay).map(({ id }) => id));
      if ([...running.current].some((id) => !now.has(id)) && !tellBulkEnd()) router.refresh();
      running.current = now;
      setBulks(answer.value);
    }
    const isMoving = answer?.ok ? answer.value.some(({ status }) => status === "queued" || status === "running") : running.current.size > 0;
    if (isMoving) timer.current = setTimeout(() => void look(), POLL_MS);
  }

  const heard = useEffectEvent(() => void look());
  useLive("bulks", () => void look());
  useEffect(() => {
    heard();
    const stop = onBulks(heard);
    return () => {
      stop();
      clearTimeout(timer.current);
    };
  }, [environment]);

  /** Does something to one of them, says when it was refused, and looks again. Gives what came of it. */
  async function steer(call: (raw: { environment: number; bulk: number }) => Promise<Result<BulkStarted>>, bulk: number): Promise<BulkStarted | null> {
    const answer = await call({ environment, bulk }).catch(() => null);
    if (!answer) announceSilence();
    else if (!answer.ok) announceRefusal(answer.refusal);
    await look();
    return answer?.ok ? answer.value : null;
  }
  return { bulks, steer };
}
