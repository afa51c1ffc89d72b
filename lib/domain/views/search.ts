import type { Response, Severity } from "@/lib/domain/finding/words";

/** A finding as pickers and the palette show it. */
export type FoundFinding = { number: number; title: string; asset: string; severity: Severity; response: Response };
