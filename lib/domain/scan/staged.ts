import { z } from "zod";
import { STATEMENT_STATUSES } from "@/lib/domain/finding/suggestion";
import { scanCounts } from "@/lib/domain/scan/counts";
import { ASSET_KINDS, MOST_OTHER_NAMES, MOST_PORTS, MOST_RULES, MOST_UNREAD, OTHER_NAME_CHARS } from "@/lib/domain/scan/report";

const text = z.string().max(2_000);

const port = z.number().int().min(0).max(65_535);

const run = z.object({
  detector: text,
  takenAt: z.date(),
  failed: z.boolean(),
  assets: z.array(z.object({ name: text, kind: z.enum(ASSET_KINDS), otherNames: z.array(z.string().max(OTHER_NAME_CHARS)).max(MOST_OTHER_NAMES).optional() })).max(500_000),
  rules: z.array(text).max(MOST_RULES).nullable(),
  ports: z.array(z.object({ asset: text.nullable(), protocol: z.string().max(20).nullable(), from: port, to: port })).max(MOST_PORTS).nullable().default(null),
  unread: z.array(text).max(MOST_UNREAD).default([]),
  rejected: z.number().int().min(0).default(0),
});

/** How many statements of one document are read; a document with more is refused. */
export const MOST_STATEMENTS = 100_000;

/** How many pairs of a vulnerability and a product all statements of a document may make; past it the document is refused. */
export const MOST_STATED = 2_000_000;

const named = z.object({ name: text, version: text.nullable() });

/** What somebody states about a vulnerability in a product (VEX). `about` are its products resolved, with the packages in them that are meant. */
export const vexStatement = z.object({
  vulnerabilities: z.array(text).min(1).max(1_000),
  products: z.array(text).max(10_000),
  about: z.array(named.extend({ parts: z.array(named).max(10_000) })).max(10_000).default([]),
  status: z.enum(STATEMENT_STATUSES),
  justification: z.string().max(20_000).nullable(),
  note: z.string().max(100_000).nullable(),
  author: text.nullable(),
  saidAt: z.date().nullable(),
});
export type VexStatement = z.output<typeof vexStatement>;

/** How many pairs of a vulnerability and a product it makes. */
export function pairsOf({ vulnerabilities, about }: { vulnerabilities: readonly unknown[]; about: readonly { parts: readonly unknown[] }[] }): number {
  return vulnerabilities.length * about.reduce((all, { parts }) => all + 1 + parts.length, 0);
}

/** How many results that could not be read are kept with their reason; all are counted. */
export const KEPT_REJECTIONS = 1_000;

/** A report as its runner hands it over: its results are staged, this is the rest. A document of statements alone has no runs. */
export const stagedReport = z.object({
  environment: z.number(),
  scan: z.number(),
  attempt: z.number(),
  format: text,
  runs: z.array(run).max(1_000),
  /** When the report was taken, by its last part. */
  takenAt: z.date().optional(),
  staged: z.number(),
  rejected: z.number(),
  rejections: z.array(z.object({ where: text, why: text })).max(KEPT_REJECTIONS),
  statements: z.array(vexStatement).max(MOST_STATEMENTS).default([]),
  /** False: the format looks whole wherever it was cut. Then the scan closes nothing, unless its sender said that it is full. */
  provesItsEnd: z.boolean().default(true),
  /** False: a table of somebody's own that says nothing of the tool behind it. Two of them may come from two tools: it closes nothing, whatever its sender said. */
  namesDetector: z.boolean().default(true),
}).refine(({ runs, statements }) => runs.length + statements.length > 0, { message: "A report without runs and statements says nothing." });
export type StagedReport = z.output<typeof stagedReport>;

/** When the report was taken; null where it says so nowhere. */
export function takenAtOf({ runs, takenAt }: StagedReport): Date | null {
  if (takenAt !== undefined) return takenAt;
  return runs.length === 0 ? null : new Date(Math.max(...runs.map((one) => one.takenAt.getTime())));
}

/** Where an import ended, and with what. `digest` names what it changed or would change. */
export const scanOutcome = scanCounts.extend({ status: z.enum(["completed", "previewed", "held"]), digest: z.string() });
export type ScanOutcome = z.output<typeof scanOutcome>;

/** What the sender, and whoever applied a preview, asked for. */
export type ScanTerms = { dryRun: boolean; expects: string | null; brakeOff: boolean };

/**
 * Where an import stops before it acts: shown first when it was asked to, or when it would do something else than what somebody
 * saw and applied; held when the brake says so. Null: it goes on.
 */
export function stopsAt({ dryRun, expects, brakeOff }: ScanTerms, { digest, brakes }: { digest: string; brakes: readonly unknown[] }): "previewed" | "held" | null {
  if (expects !== null && expects !== digest) return "previewed";
  if (dryRun) return "previewed";
  return brakes.length > 0 && !brakeOff ? "held" : null;
}
