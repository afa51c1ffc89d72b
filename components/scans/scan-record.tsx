"use client";
import { Fact, Facts } from "@/components/finding/section";
import { Moment } from "@/components/ui/moment";
import type { ScanDetail, ScanPreviewView } from "@/lib/domain/views/scans";
import { size } from "@/components/ui/bytes";
import { counted } from "./scan-words";

function said({ asked }: ScanDetail): string[] {
  return [
    asked.detector ? `detector ${asked.detector}` : "", asked.asset ? `asset ${asked.asset}${asked.assetOverride ? " for all results" : ""}` : "",
    asked.rules.length > 0 ? `rules ${asked.rules.join(", ")}` : "", asked.paths.length > 0 ? `paths ${asked.paths.join(", ")}` : "",
    asked.findings.length > 0 ? `findings ${asked.findings.map((number) => `F-${number}`).join(", ")}` : "",
  ].filter((word) => word !== "");
}

const quoted = (note: string | null) => (note ? `: “${note}”` : "");

/** What became of the brake, and who let the scan go, when and why. */
function LetGo({ scan, preview: { letGo, brakeOff, note, attempts } }: { scan: ScanDetail; preview: ScanPreviewView }) {
  const who = letGo ? <>{letGo.by}, <Moment at={letGo.at} look="minute" /></> : null;
  if (letGo && !letGo.lifted && !brakeOff) return <Fact name="Applied">as it was shown, by {who}{quoted(letGo.note)}</Fact>;
  if (!brakeOff) return note ? <Fact name="Brake">on{quoted(note)}</Fact> : null;
  if (!letGo?.lifted) return <Fact name="Brake">switched off by {scan.by}{quoted(note)}</Fact>;
  return <Fact name="Brake">{attempts.some(({ held }) => held) ? "held it, then released" : "released before it held"} by {who}{quoted(letGo.note ?? note)}</Fact>;
}

/** The record of a scan: what it is, when, by whom, and the digest that its file is proved by. */
export function ScanRecord({ scan, preview }: { scan: ScanDetail; preview: ScanPreviewView | null }) {
  const words = said(scan);
  return (
    <Facts>
      <Fact name="Format">{scan.formatLabel ?? "not recognised"}</Fact>
      <Fact name="Taken">{scan.takenAt ? <Moment at={scan.takenAt} look="minute" /> : "—"}</Fact>
      <Fact name="Imported">{scan.startedAt ? <Moment at={scan.startedAt} look="minute" /> : "—"} by {scan.by}</Fact>
      {preview === null || preview.looks.detectors.length === 0 ? scan.parts.map((part, index) => <Fact key={index} name={index === 0 ? "Covers" : ""}>{part.detector}: {counted(part.assetCount, "asset")}, {part.scope}{part.failed ? "; the report says the run failed, so it covers nothing" : part.rejected > 0 ? `; ${counted(part.rejected, "row")} of it could not be read, so it closes nothing` : ""}</Fact>) : null}
      {words.length > 0 ? <Fact name="Sender says">{words.join("; ")}</Fact> : null}
      {scan.counts.statements > 0 ? <Fact name="Statements">{counted(scan.counts.statements, "statement")} about vulnerabilities (VEX): suggestions on the findings that they meet</Fact> : null}
      {preview ? <LetGo scan={scan} preview={preview} /> : null}
      <Fact name="Results">{scan.counts.observed.toLocaleString("en")} in the report</Fact>
      {scan.bytes ? <Fact name="Size">{size(scan.bytes)}{scan.removedAt ? <>; the file itself was removed on <Moment at={scan.removedAt} look="day" /></> : null}</Fact> : null}
      {scan.sha256 ? <Fact name="SHA-256"><code className="font-mono text-2xs break-all">{scan.sha256}</code></Fact> : null}
    </Facts>
  );
}
