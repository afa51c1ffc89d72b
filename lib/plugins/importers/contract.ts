import type { Severity } from "@/lib/domain/finding/words";
import type { LookedPorts } from "@/lib/domain/scan/report";
import type { Limits } from "./limits";

/** What kind of thing an asset is, in the words of the asset record. */
export type AssetKind = "host" | "application" | "repository" | "container" | "cloud";

/** `otherNames`: host names and addresses that the report gives for the same asset. Absent: none. */
export type ScannedAsset = { name: string; kind: AssetKind; otherNames?: readonly string[] };

/** `version` is empty where the report gives a score and says of no version. */
export type Cvss = { version: string; vector: string | null; score: number | null };

/**
 * One result of a report, normalised. Every text is plain, hostile, bounded by `Limits`, free of NUL
 * and of lone surrogates; none of it is ever HTML.
 */
export type Observed = {
  /** Name of the asset the report gives; null when the format carries none and the uploader names it. */
  asset: string | null;
  assetKind: AssetKind | null;
  /** What else the report calls that asset: host names and addresses. Absent: nothing. */
  otherNames?: readonly string[];
  /** The detector's check. `help` is plain text for the rules dictionary. */
  rule: { key: string; name: string; help: string | null; tags: readonly string[] };
  title: string;
  description: string | null;
  /** Where on the asset, for people: `src/a.ts:12`, `443/tcp`, `openssl 1.1.1 (usr/lib)`. May be empty. */
  location: string;
  /** Hex SHA-256 that says "the same weakness again", without the asset and the detector. See fingerprints.ts. */
  fingerprint: string;
  fingerprintVersion: number;
  /**
   * Hex SHA-256 of the same recipe without the path, for weaknesses in files: how one is known again after its file
   * was moved. Null where there is no file, or where nothing but the path would tell two of them apart.
   */
  context: string | null;
  severity: Severity;
  /** The scanner's own word or number for it, as it stood in the report. */
  severityWord: string | null;
  cvss: Cvss | null;
  /** Numbers alone: 79 for CWE-79. Ascending, no duplicates. */
  cwe: readonly number[];
  /** Upper case: CVE-2024-1234. Sorted, no duplicates. */
  cve: readonly string[];
  ghsa: readonly string[];
  category: string | null;
  /** What the scanner saw: request and response, snippet, output. */
  observation: string | null;
  remediation: string | null;
  /** Only http and https addresses, in the report's order. */
  references: readonly string[];
  firstSeen: Date | null;
  /** Code of an older triage system, for exports that carry one. */
  legacyCode: string | null;
  /** The report itself says: suppressed (and the suppression is accepted). */
  suppressed: boolean;
  /** Package, library or product with its version, for people: `openssl 3.0.7`. */
  component: string | null;
  /** The same without its version, as its ecosystem names it (`openssl`, `@babel/core`, `org.apache:log4j`): two detectors that mean one package agree in it. */
  package: string | null;
  port: number | null;
};

/**
 * What the report says about one run of one detector.
 * `failed`: the report says of itself that the run did not complete; it then covers nothing.
 * `scannedAssets`: assets that were looked at, also those without a result; empty when the format has no host.
 * `rules`: the checks that ran, when the format says so completely; null when it does not.
 */
export type ReportPart = {
  detector: string;
  takenAt: Date | null;
  failed: boolean;
  scannedAssets: readonly ScannedAsset[];
  rules: readonly string[] | null;
  /**
   * Ports that were looked at, of each asset or (asset null) of all of them, for tools that look at some: what is known on others is not
   * covered, and a protocol that none is named of is not either. Absent: the assets as wholes. Several parts of one detector name their assets.
   */
  ports?: readonly LookedPorts[];
  /**
   * Files that the tool could not read, as its results' locations begin; a folder stands for the files right in it. What is known
   * there is not covered. Absent: none.
   */
  unread?: readonly string[];
  /** Whether what was read shows its end, where the format has several forms: a JSON array does, lines do not. Absent: as the importer says. */
  provesItsEnd?: boolean;
  /** A document that only speaks about vulnerabilities (VEX): nothing was looked at, so it covers nothing and observes nothing. */
  statementsOnly?: boolean;
};

/** A package by its ecosystem's name, as in `Observed`, or a product by its own. */
export type Named = { name: string; version: string | null };

/** What somebody states about a vulnerability in a product (VEX). It suggests a decision to people and never is one. */
export type Statement = {
  /** CVE or GHSA names as `Observed` spells them, or the document's own. At least one. */
  vulnerabilities: readonly string[];
  /** Package URLs or plain names of products, for people; empty: whatever the document is about. */
  products: readonly string[];
  /** The same, resolved. With `parts` it is about these packages inside that product, and not about the product itself. */
  about: readonly (Named & { parts: readonly Named[] })[];
  status: "not_affected" | "affected" | "fixed" | "under_investigation" | "false_positive";
  /** The standard's word: `vulnerable_code_not_in_execute_path`, `code_not_reachable`. */
  justification: string | null;
  /** Free text: impact, action, detail. */
  note: string | null;
  author: string | null;
  saidAt: Date | null;
};

/**
 * What a parse gives, in order. **A `part` closes what came before it**: the results and rejected rows since
 * the previous `part` are its own. It comes last because only the end of a run says when it was taken, what it
 * covered and whether it failed. So a report cut short never yields the part that would make its results count.
 * Every report ends with a `part`, also one without results. Several parts may name the same detector (a SARIF file
 * with a run per language): together they are what that detector saw, none of them closes what another one holds.
 * `where` is the place in the file, for people: a path, a line, or both.
 */
export type Yield =
  | { kind: "result"; result: Observed; where?: string }
  | { kind: "statement"; statement: Statement }
  | { kind: "rejected"; where: string; why: string }
  | { kind: "part"; part: ReportPart };

/** Bytes that can be read from the start more than once: some formats name their rules after their results. */
export type Source = { open(): AsyncIterable<Uint8Array> };

/** Whether an importer takes a report, judged from its first characters, and the reason in one plain clause. */
export type Recognition = { verdict: "yes" | "maybe" | "no"; why: string };

export type Importer = {
  format: string;
  label: string;
  media: readonly ("json" | "xml" | "csv")[];
  /**
   * What kind of thing is looked at where the report names none and whoever sends it does: Bandit looks at a repository, whatever it is
   * called. Absent: a host.
   */
  about?: AssetKind;
  /** How many times `parse` reads the source: progress by bytes divides by it. */
  passes: 1 | 2;
  /**
   * False for formats of lines (CSV, JSON Lines), which look whole wherever they were cut between two records: such a
   * report closes nothing that it does not hold, unless whoever uploads it says that it is whole. Absent is true. A part may know better.
   */
  provesItsEnd?: boolean;
  recognises(head: string): Recognition;
  /**
   * Reads a report already unpacked. One bad row is yielded as `rejected`; a file that is truncated, malformed,
   * hostile or of another format throws `ReportFault`, and nothing that was yielded before may be kept.
   */
  parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined>;
};

/** Where in a file a fault lies: `path` in the document, line from 1, offset in bytes from 0. */
export type FaultPlace = { path?: string; line?: number; offset?: number };

/** A report that is refused whole. The message is one sentence for the person who uploaded it. */
export class ReportFault extends Error {
  readonly place: FaultPlace;

  constructor(message: string, place: FaultPlace = {}) {
    super(message);
    this.name = "ReportFault";
    this.place = place;
  }

  get path(): string | undefined {
    return this.place.path;
  }

  get line(): number | undefined {
    return this.place.line;
  }

  get offset(): number | undefined {
    return this.place.offset;
  }

  /** The message with its place: `… (runs[0].results[17], line 204)`. */
  get sentence(): string {
    const at = [this.place.path, this.place.line === undefined ? undefined : `line ${String(this.place.line)}`];
    const place = at.filter((one) => one !== undefined && one !== "").join(", ");
    return place === "" ? this.message : `${this.message} (${place})`;
  }
}
