"use client";
import { useState } from "react";
import { announceSilence } from "@/components/alerts/outcome-toast";
import type { Result } from "@/lib/domain/refusal";
import type { TicketsChanged } from "@/lib/domain/views/ticket-actions";
import { refusalWords } from "./ticket-news";
import type { TicketDoing } from "./use-ticket";

/** A deed of a dialog: why it was refused stands in the dialog until something is changed; done, the dialog goes and the page is read again. */
export function useAttempt({ refresh }: TicketDoing, onClose: () => void) {
  const [refused, setRefused] = useState<string | null>(null);
  async function attempt(call: () => Promise<Result<TicketsChanged>>, announce: (value: TicketsChanged) => void): Promise<boolean> {
    const answer = await call().catch(() => null);
    if (answer === null) announceSilence();
    else if (!answer.ok) setRefused(refusalWords(answer.refusal));
    if (!answer?.ok) return false;
    announce(answer.value);
    onClose();
    refresh();
    return true;
  }
  return { refused, attempt, clear: () => setRefused(null) };
}
