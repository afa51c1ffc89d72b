"use client";
import { useRef, useState } from "react";
import type { WhyAnswer } from "@/components/finding/why-panel";
import { lateDialog } from "@/components/shell/late-dialog";
import type { FindingActions } from "@/lib/domain/views/actions";
import type { FindingRow } from "@/lib/domain/views/alerts";

const WhyPanel = lateDialog(() => import("@/components/finding/why-panel").then((file) => file.WhyPanel));

const SILENCE: WhyAnswer = { state: "failed", message: "Docket did not answer. Ask again." };

/** "Why is this here?" of one finding, asked of the server when somebody wants to know. */
export function useWhy(environment: number, now: string, load: FindingActions["loadWhy"]) {
  const [asked, setAsked] = useState<{ number: number; turn: number; answer: WhyAnswer } | null>(null);
  const turns = useRef(0);

  async function ask(row: Pick<FindingRow, "number"> | undefined) {
    if (!row) return;
    const { number } = row;
    const turn = (turns.current += 1);
    setAsked({ number, turn, answer: { state: "loading" } });
    const found = await load({ environment, number }).catch(() => null);
    const answer: WhyAnswer = found?.ok ? { state: "ready", view: found.value } : found ? { state: "failed", message: found.refusal.message } : SILENCE;
    setAsked((before) => (before?.turn === turn ? { number, turn, answer } : before));
  }
  const panel = asked ? <WhyPanel key={asked.turn} environment={environment} number={asked.number} now={now} answer={asked.answer} onClose={() => setAsked(null)} /> : null;
  return { ask: (row: Pick<FindingRow, "number"> | undefined) => void ask(row), panel };
}
