"use client";
import { useModuleWords } from "@/components/module/module-context";
import { Badge, type Tone } from "@/components/ui/badge";
import type { Response } from "@/lib/domain/finding/words";

export const RESPONSE_TONES = { needs_review: "neutral", investigating: "accent", accepted_risk: "medium", closed: "good" } as const satisfies Record<Response, Tone>;

/** The decision axis, in the words of the module that is shown. Closed says whose closing it is, so that it cannot be read as "fixed". */
export function ResponseBadge({ response, title }: { response: Response; title?: string }) {
  const words = useModuleWords();
  return <Badge tone={RESPONSE_TONES[response]} title={title}>{response === "closed" ? "Dispositioned" : words.response(response)}</Badge>;
}
