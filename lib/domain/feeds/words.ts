/** Catalogues from outside that findings are compared with. */
export const FEEDS = {
  kev: { label: "Known Exploited Vulnerabilities", address: "https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json" },
  epss: { label: "Exploit Prediction Scoring System", address: "https://epss.empiricalsecurity.com/epss_scores-current.csv.gz" },
} as const;

export type FeedName = keyof typeof FEEDS;
export const FEED_NAMES = ["kev", "epss"] as const satisfies readonly FeedName[];

export type KevEntry = { cve: string; name: string; addedOn: string | null; dueOn: string | null; ransomware: boolean };
export type EpssEntry = { cve: string; score: number; percentile: number };

/** A catalogue as it was read: when that edition was released, and what it says, each CVE once. */
export type Catalogue<Entry> = { releasedAt: Date; entries: readonly Entry[] };

/** A catalogue that cannot be used; the message is for whoever loads it. */
export class FeedFault extends Error {}
