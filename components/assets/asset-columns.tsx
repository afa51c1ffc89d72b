"use client";
import type { ReactNode } from "react";
import { Badge, type Tone } from "@/components/ui/badge";
import { CutName } from "@/components/ui/cut-name";
import { Moment } from "@/components/ui/moment";
import { EXPOSURE_LABELS, KIND_LABELS, SENSITIVITY_LABELS, STAGE_LABELS, type Exposure, type Sensitivity } from "@/lib/domain/asset/words";
import type { AssetRow } from "@/lib/domain/views/assets";
import { LiveCount } from "./live-counts";

const EXPOSURE_TONES = { internet: "high", partner: "medium", unknown: "outline", internal: "neutral", isolated: "neutral" } as const satisfies Record<Exposure, Tone>;
const SENSITIVITY_TONES = { restricted: "high", confidential: "medium", unknown: "outline", internal: "neutral", public: "neutral" } as const satisfies Record<Sensitivity, Tone>;

export function ExposureBadge({ exposure }: { exposure: Exposure }) {
  return <Badge tone={EXPOSURE_TONES[exposure]} title={`Exposure: ${EXPOSURE_LABELS[exposure]}`}>{EXPOSURE_LABELS[exposure]}</Badge>;
}

export function SensitivityBadge({ sensitivity }: { sensitivity: Sensitivity }) {
  return <Badge tone={SENSITIVITY_TONES[sensitivity]} title={`Data sensitivity: ${SENSITIVITY_LABELS[sensitivity]}`}>{SENSITIVITY_LABELS[sensitivity]}</Badge>;
}

/** Only what is not simply in service says so. */
export function StageBadge({ asset }: { asset: AssetRow }) {
  if (asset.stage === "in_service" || asset.decommissionOn === null) return null;
  return <Badge tone={asset.stage === "retired" ? "neutral" : "accent"} title={`Decommission date ${asset.decommissionOn}`}>{STAGE_LABELS[asset.stage]}{asset.stage === "retiring" ? ` ${asset.decommissionOn}` : ""}</Badge>;
}

const SHOWN = 2;

/** Each detector with the age of its last look, the newest first, and that it was no full one; what does not fit stands in the title. */
function Detectors({ asset }: { asset: AssetRow }) {
  if (asset.detectors.length === 0) return <span className="text-high">Never scanned</span>;
  const sorted = asset.detectors.toSorted((a, b) => (b.lookedAt ?? "").localeCompare(a.lookedAt ?? "") || a.name.localeCompare(b.name));
  return (
    <span className="truncate text-ink-2" title={sorted.map(({ name, lastScanned, lookedAt }) => `${name}: ${lookedAt ?? "no scan that did not fail"}${lastScanned === null ? ", partial scans only" : lastScanned === lookedAt ? "" : `, last full scan ${lastScanned}`}`).join("\n")}>
      {sorted.slice(0, SHOWN).map(({ name, lastScanned, lookedAt }, index) => <span key={name}>{index > 0 ? " · " : ""}{name} {lookedAt ? <Moment at={lookedAt} look="age" className="text-ink-3" /> : null}{lastScanned ? null : <span className="text-ink-3"> partial</span>}</span>)}
      {sorted.length > SHOWN ? <span className="text-ink-3"> +{sorted.length - SHOWN}</span> : null}
    </span>
  );
}

function Owner({ asset: { owner, team } }: { asset: AssetRow }) {
  if (owner === null && team === null) return <span className="text-ink-3">No owner</span>;
  return <span className="truncate text-ink-2" title={[owner, team].filter(Boolean).join(", ")}>{owner ?? "—"}{team ? <span className="text-ink-3"> {team}</span> : null}</span>;
}

type Cell = { id: string; head: string; name?: string; lies: string; draw: (asset: AssetRow, environment: number) => ReactNode };

/** One line per column: its head, how it lies, when a narrow list leaves it out, and what it draws. */
export const COLUMNS: readonly Cell[] = [
  { id: "name", head: "Asset", lies: "min-w-0", draw: (asset) => (
    <span className="flex min-w-0 items-center gap-2">
      <a data-act="open" tabIndex={-1} href={`assets/${asset.id}`} className="flex min-w-0 font-[490] text-ink hover:underline"><CutName name={asset.name} /></a>
      <span className="shrink-0 text-xs text-ink-3 @max-3xl:hidden">{KIND_LABELS[asset.kind]}</span>
      <StageBadge asset={asset} />
    </span>
  ) },
  { id: "exposure", head: "Exposure", lies: "min-w-0 flex @max-xl:hidden", draw: (asset) => <ExposureBadge exposure={asset.exposure} /> },
  { id: "sensitivity", head: "Data", lies: "min-w-0 flex @max-2xl:hidden", draw: (asset) => <SensitivityBadge sensitivity={asset.sensitivity} /> },
  { id: "owner", head: "Owner, team", lies: "min-w-0 flex @max-4xl:hidden", draw: (asset) => <Owner asset={asset} /> },
  { id: "scans", head: "Last full scan", lies: "min-w-0 flex @max-3xl:hidden", draw: (asset) => <Detectors asset={asset} /> },
  ...(["critical", "high", "medium", "low"] as const).map((severity): Cell => ({
    id: severity, head: severity.charAt(0).toUpperCase(), name: `Live, ${severity}`, lies: `text-right tabular-nums ${severity === "low" || severity === "medium" ? "@max-2xl:hidden" : ""}`,
    draw: (asset, environment) => <LiveCount inGrid environment={environment} asset={asset.name} count={asset.live[severity]} severity={severity} />,
  })),
  { id: "live", head: "Live", lies: "text-right tabular-nums", draw: (asset, environment) => <LiveCount inGrid environment={environment} asset={asset.name} count={asset.live.total} severity={null} /> },
];

export const GRID =
  "grid items-center gap-2 px-[18px] grid-cols-[26px_minmax(0,1.5fr)_84px_96px_minmax(0,1fr)_minmax(0,1fr)_34px_34px_34px_34px_44px] " +
  "@max-4xl:grid-cols-[26px_minmax(0,1.5fr)_84px_96px_minmax(0,1fr)_34px_34px_34px_34px_44px] @max-3xl:grid-cols-[26px_minmax(0,1fr)_84px_96px_34px_34px_34px_34px_44px] " +
  "@max-2xl:grid-cols-[26px_minmax(0,1fr)_84px_34px_34px_44px] @max-xl:grid-cols-[26px_minmax(0,1fr)_34px_34px_44px]";
