"use client";
import { useEffect, useState } from "react";
import { createTickets, loadDestinations, previewTickets } from "@/lib/actions/tickets";
import type { CreateTicketsInput, TicketMaking } from "@/lib/domain/views/ticket-actions";
import type { DestinationChoice, TicketPreview } from "@/lib/domain/views/tickets";
import { refusalWords } from "./ticket-news";

/** The doors, as what the dialog hands them is typed. */
export const MAKING: TicketMaking = { createTickets, loadDestinations, previewTickets };

const PAUSE_MS = 250;
const SILENCE = "Docket did not answer. Check your connection; the preview comes with the next change.";

export type Previewed = { asked: string; preview: TicketPreview | null; fault: string | null; isAsking: boolean };

/** What would be made, asked anew soon after the draft changed; the old answer stays until the new one is there. Null asks nothing. */
export function usePreview(terms: CreateTicketsInput | null): Previewed {
  const asked = terms === null ? "" : JSON.stringify(terms);
  const [answered, setAnswered] = useState<Omit<Previewed, "isAsking">>({ asked: "", preview: null, fault: null });
  useEffect(() => {
    if (asked === "") return undefined;
    let isOver = false;
    const timer = setTimeout(() => {
      const wanted: CreateTicketsInput = JSON.parse(asked);
      void MAKING.previewTickets(wanted).catch(() => null).then((answer) => {
        if (isOver) return;
        setAnswered((before) => (answer?.ok ? { asked, preview: answer.value, fault: null } : { asked, preview: before.preview, fault: answer ? refusalWords(answer.refusal) : SILENCE }));
      });
    }, PAUSE_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [asked]);
  return { ...answered, isAsking: asked !== "" && answered.asked !== asked };
}

const HERE: DestinationChoice = { connector: null, destination: "internal", name: "Docket alone", trouble: null };

/** Where tickets may go: here at once, the trackers as soon as they are known. */
export function useDestinations(environment: number): readonly DestinationChoice[] {
  const [choices, setChoices] = useState<readonly DestinationChoice[]>([HERE]);
  useEffect(() => {
    let isGone = false;
    void MAKING.loadDestinations({ environment }).then((answer) => { if (!isGone && answer.ok) setChoices(answer.value); }, () => undefined);
    return () => { isGone = true; };
  }, [environment]);
  return choices;
}
