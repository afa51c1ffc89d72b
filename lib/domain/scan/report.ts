import { grouped } from "@/lib/domain/grouped";

/** What the import command is told about a report: its parts, after its results have been staged. Plain data, no scanner format. */

export const ASSET_KINDS = ["host", "application", "api", "repository", "container", "cloud"] as const;
export type AssetKind = (typeof ASSET_KINDS)[number];

/** `otherNames`: what else the report calls it, host names and addresses. */
export type ReportAsset = { name: string; kind: AssetKind; otherNames?: readonly string[] };

/** How many other names of one asset are kept, and of how many characters; how many a report may say of all its assets. What is over is left out. */
export const MOST_OTHER_NAMES = 50;
export const OTHER_NAME_CHARS = 255;
export const MOST_NAMES_SAID = 500_000;

/**
 * Ports that a run looked at, `from` to `to` with both. `asset` is null where it looked at the same ones of all its assets; `protocol` is null for
 * the host itself, with results on no port.
 */
export type LookedPorts = { asset: string | null; protocol: string | null; from: number; to: number };

/** One run of one detector in a report. */
export type RunOfDetector = {
  detector: string;
  takenAt: Date;
  /** The report says of itself that the run did not complete: it covers nothing. */
  failed: boolean;
  /** Assets that were looked at, with or without a result. */
  assets: readonly ReportAsset[];
  /** The checks that ran, where the report says so completely. */
  rules: readonly string[] | null;
  /** The ports that it looked at, where that is not all of its assets: nothing else there is covered. */
  ports: readonly LookedPorts[] | null;
  /** Files, and folders whose files are meant, that the tool could not read: what is known there is not covered. */
  unread: readonly string[];
  /** How many of its rows could not be read. What they were about is not known: with any, it covers nothing. */
  rejected: number;
};

/** How many checks a run may say that it ran; with more it is as if it said nothing. A feed of Nessus has some 200,000. */
export const MOST_RULES = 500_000;

/** How many files that its tool could not read a run may name; one with more counts as failed. */
export const MOST_UNREAD = 10_000;

/** How many ranges of ports a run may say that it looked at; one with more counts as failed. */
export const MOST_PORTS = 500_000;

/** All runs of one detector, taken as one look: the time is that of the last, and one run that failed or holds rejected rows makes the look incomplete. */
export type DetectorLook = RunOfDetector & { parts: readonly number[] };

/**
 * Joins the runs of a report by detector, in the order of first appearance; costs no more than what they hold.
 * Two runs of one detector look at the same scopes: taken apart, the second would close what only the first could see.
 */
export function looksOf(runs: readonly RunOfDetector[]): DetectorLook[] {
  const numbered = runs.map((run, part) => ({ run, part }));
  return [...grouped(numbered, ({ run }) => run.detector)].map(([detector, own]) => joined(detector, own.map(({ run }) => run), own.map(({ part }) => part)));
}

function joined(detector: string, runs: readonly RunOfDetector[], parts: readonly number[]): DetectorLook {
  return {
    detector,
    takenAt: new Date(runs.reduce((latest, { takenAt: at }) => Math.max(latest, at.getTime()), Number.NEGATIVE_INFINITY)),
    failed: runs.some(({ failed }) => failed),
    assets: runs.flatMap(({ assets }) => assets),
    rules: runs.some(({ rules }) => rules === null) ? null : [...new Set(runs.flatMap(({ rules }) => rules ?? []))],
    ports: joinedPorts(runs.flatMap(({ ports }) => (ports === null ? [] : [ports]))),
    unread: runs.flatMap(({ unread }) => unread),
    rejected: runs.reduce((sum, run) => sum + run.rejected, 0),
    parts,
  };
}

/** Where one of several runs names its ports, those are covered and no more. Ports of all assets of one run are not those of another one's: then none is covered. */
function joinedPorts(named: readonly (readonly LookedPorts[])[]): readonly LookedPorts[] | null {
  if (named.length === 0) return null;
  const all = named.flat();
  return named.length > 1 && all.some(({ asset }) => asset === null) ? [] : all;
}

/** Where results go that name no asset while the uploader named none either. No full scan covers it. */
export const UNNAMED_ASSET = "Unnamed asset";

/**
 * When a scan was taken: as the report says, else as its sender says, else when it was sent. A report from a clock that runs ahead says
 * nothing of it: believed, it would make every scan until then an old one.
 */
export function takenAt(said: Date | null, sent: Date, bySender: Date | null = null): Date {
  const usable = (at: Date | null) => at !== null && !Number.isNaN(at.getTime()) && at <= sent;
  return [said, bySender].find(usable) ?? sent;
}

/** Reports are no older than the scanners that are read; clocks differ by so much, in milliseconds. */
export const EARLIEST_REPORT = "1990-01-01T00:00:00.000Z";
const CLOCKS_DIFFER = 5 * 60_000;

/** What is wrong with the time that a sender gives; null: nothing. */
export function takenFault(said: Date, now: Date): string | null {
  if (said.getTime() > now.getTime() + CLOCKS_DIFFER) return "This lies in the future: a report was taken before it is sent.";
  return said < new Date(EARLIEST_REPORT) ? "This is before 1990: no report is that old." : null;
}
