"use client";
import { useEffect, useState } from "react";
import { z } from "zod";
import { RESPONSES, SEVERITIES } from "@/lib/domain/finding/words";
import type { FoundFinding } from "@/lib/domain/views/search";
import { ask } from "./ask";

const PAUSE_MS = 120;
const found = z.array(z.object({ number: z.number(), title: z.string(), asset: z.string(), severity: z.enum(SEVERITIES), response: z.enum(RESPONSES) })).max(50);

async function search(environment: number, text: string, signal: AbortSignal): Promise<readonly FoundFinding[] | null> {
  const read = found.safeParse(await ask(environment, "search", { text: text.slice(0, 200) }, { signal }));
  return read.success ? read.data : null;
}

export type Found = { text: string; findings: readonly FoundFinding[]; state: "idle" | "asking" | "done" | "failed" };

/** Findings for what is being typed: asked after a short pause, and given up when something else is typed. */
export function useFound(environment: number, text: string): Found {
  const wanted = text.trim();
  const [last, setLast] = useState<Found>({ text: "", findings: [], state: "idle" });
  useEffect(() => {
    if (wanted === "") return;
    const control = new AbortController();
    const timer = setTimeout(() => {
      void search(environment, wanted, control.signal).then((findings) => {
        if (!control.signal.aborted) setLast({ text: wanted, findings: findings ?? [], state: findings ? "done" : "failed" });
      });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [environment, wanted]);
  if (wanted === "") return { text: "", findings: [], state: "idle" };
  return last.text === wanted ? last : { ...last, state: "asking" };
}
