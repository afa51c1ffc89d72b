/** The closed vocabularies of a scan. */

export const SCAN_STATUSES = ["queued", "parsing", "previewed", "held", "applying", "completed", "failed", "cancelled"] as const;
export type ScanStatus = (typeof SCAN_STATUSES)[number];

/** One word for each state, wherever people meet it. */
export const STATUS_NAMES = {
  queued: "Queued", parsing: "Reading", previewed: "Previewed", held: "Held", applying: "Working it out", completed: "Completed", failed: "Failed", cancelled: "Cancelled",
} as const satisfies Record<ScanStatus, string>;

/** Nothing more will happen to a scan in one of these, unless somebody asks for it. */
export const SETTLED: readonly ScanStatus[] = ["previewed", "held", "completed", "failed", "cancelled"];

/** What working a report out consists of, in this order. Until it writes, it can be cancelled. */
export const SCAN_STEPS = ["opening", "comparing", "telling", "writing"] as const;
export type ScanStep = (typeof SCAN_STEPS)[number];

export const STEP_WORDS = {
  opening: "finding the assets that it looked at", comparing: "comparing it with what is known", telling: "putting into words what it would do", writing: "writing it down",
} as const satisfies Record<ScanStep, string>;

/** Which step is on, of how many, in words; a scan that stops at its preview never writes. */
export function stepOf(step: ScanStep, stopsAtPreview: boolean): { at: number; of: number; words: string; final: boolean } {
  return { at: SCAN_STEPS.indexOf(step) + 1, of: stopsAtPreview ? SCAN_STEPS.length - 1 : SCAN_STEPS.length, words: STEP_WORDS[step], final: step === "writing" };
}

/** How much of a report has been read, from 0 to 1: it is read `passes` times over. Null while that is unknown. */
export function readShare({ read, bytes, passes }: { read: number; bytes: number; passes: number }): number | null {
  return bytes > 0 ? Math.min(1, read / (bytes * passes)) : null;
}

export const ACTOR_TYPES = ["user", "token", "automation", "connector", "system"] as const;
