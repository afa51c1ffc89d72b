/** The closed vocabularies of a scan. */

export const SCAN_STATUSES = ["queued", "parsing", "previewed", "held", "applying", "completed", "failed", "cancelled"] as const;
export type ScanStatus = (typeof SCAN_STATUSES)[number];

/** Nothing more will happen to a scan in one of these, unless somebody asks for it. */
export const SETTLED: readonly ScanStatus[] = ["previewed", "held", "completed", "failed", "cancelled"];

export const ACTOR_TYPES = ["user", "token", "automation", "connector", "system"] as const;
