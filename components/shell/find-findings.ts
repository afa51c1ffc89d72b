"use client";
import { useEffect, useState } from "react";
import { z } from "zod";
import { RESPONSES, SEVERITIES } from "@/lib/domain/finding/words";
import type { FoundFinding } from "@/lib/domain/views/search";

const PAUSE_MS = 120;
const answer = z.object({ ok: z.literal(true), value: z.array(z.object({ number: z.number(), title: z.string(), asset: z.string(), severity: z.enum(SEVERITIES), response: z.enum(RESPONSES) })).max(50) });

async function ask(environment: number, text: string, signal: AbortSignal): Promise<readonly FoundFinding[] | null> {
  try {
    const response = await fetch(`/api/e/${environment}/search?q=${encodeURIComponent(text.slice(0, 200))}`, { signal, headers: { Accept: "application/json" }, cache: "no-store" });
    const read = answer.safeParse(await response.json());
    return read.success ? read.data.value : null;
  } catch {
    return null;
  }
}

export type Found = { text: string; findings: readonly FoundFinding[]; state: "idle" | "asking" | "done" | "failed" };

/** Findings for what is being typed: asked after a short pause, and given up when something else is typed. */
export function useFound(environment: number, text: string): Found {
  const wanted = text.trim();
  const [found, setFound] = useState<Found>({ text: "", findings: [], state: "idle" });
  useEffect(() => {
    if (wanted === "") return;
    const control = new AbortController();
    const timer = setTimeout(() => {
      void ask(environment, wanted, control.signal).then((findings) => {
        if (!control.signal.aborted) setFound({ text: wanted, findings: findings ?? [], state: findings ? "done" : "failed" });
      });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [environment, wanted]);
  if (wanted === "") return { text: "", findings: [], state: "idle" };
  return found.text === wanted ? found : { ...found, state: "asking" };
}
