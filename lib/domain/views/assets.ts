import type { AssetFilter } from "@/lib/domain/asset/input";
import type { AssetFacts, LifeStage } from "@/lib/domain/asset/words";
import type { Severity } from "@/lib/domain/finding/words";
import type { Result } from "@/lib/domain/refusal";
import type { EnvironmentView, Instant, Me } from "./shell";

/** Findings that are detected and not closed by a decision, by the team's severity. */
export type LiveCounts = Readonly<Record<Severity, number>> & { total: number };

export type AssetRow = AssetFacts & {
  id: number;
  name: string;
  /** what else reports call it: host names and addresses */
  otherNames: readonly string[];
  stage: LifeStage;
  version: number;
  firstSeen: Instant;
  /** the newest full scan of each detector that knows it, null where only partial scans looked; and the newest look of any kind */
  detectors: readonly { name: string; lastScanned: Instant | null; lookedAt: Instant | null }[];
  /** the newest full scan of any */
  lastScanned: Instant | null;
  live: LiveCounts;
};

export type AssetRows = { rows: readonly AssetRow[]; nextCursor: string | null };

export type AssetsPage = AssetRows & {
  environment: EnvironmentView;
  me: Me;
  now: Instant;
  filter: AssetFilter;
  total: number;
  /** assets in service, and how many of them a scan looked at within the days */
  coverage: { all: number; scanned: number; days: number };
  facets: { team: readonly { value: string; count: number }[]; owner: readonly { value: string; count: number }[]; detector: readonly string[] };
};

export type AssetScope = { detector: string; lastScanned: Instant | null; lookedAt: Instant | null; live: LiveCounts };

/** One look of one detector at the asset. */
export type AssetLook = {
  scan: number;
  scope: number;
  detector: string;
  file: string | null;
  takenAt: Instant;
  /** full: it covers the asset; partial: it refreshed what it saw; nothing: it could not be counted on */
  coverage: "full" | "partial" | "nothing";
  /** taken before a newer one had been imported: it fills history and changed nothing */
  isHistory: boolean;
  live: number;
  appeared: number;
  refound: number;
  vanished: number;
};

/** How many findings were detected in all from a moment on. */
export type DriftPoint = { at: Instant; live: number };

export type AssetEvent = {
  sequence: string;
  at: Instant;
  by: string;
  label: string;
  changes: readonly { field: string; before: string | null; after: string | null }[];
  note: string | null;
  /** the action that the reader may take back now on this asset; null where there is none */
  revocable: string | null;
};

export type AssetPage = {
  environment: EnvironmentView;
  me: Me;
  now: Instant;
  asset: AssetRow;
  /** At most 50, by name; `scopesAll`: how many there are. */
  scopes: readonly AssetScope[];
  scopesAll: number;
  looks: readonly AssetLook[];
  drift: readonly DriftPoint[];
  events: readonly AssetEvent[];
};

/** The doors for what people do with assets. */
export type AssetActions = {
  createAsset: (raw: unknown) => Promise<Result<{ id: number }>>;
  changeAssets: (raw: unknown) => Promise<Result<AssetsChangedView>>;
  revertAssets: (raw: unknown) => Promise<Result<AssetsRevertedView>>;
  loadAssets: (raw: unknown) => Promise<Result<AssetRows>>;
  matchAssets: (raw: unknown) => Promise<Result<readonly { id: number; version: number }[]>>;
};

/** What was taken back, and what was left alone. */
export type AssetsRevertedView = Omit<AssetsChangedView, "same">;

export type AssetsChangedView = {
  actionId: string;
  changed: readonly { id: number; version: number }[];
  same: readonly number[];
  skipped: readonly { id: number; why: string }[];
};
