"use client";
import { Fact, Facts } from "@/components/finding/section";
import { Moment } from "@/components/ui/moment";
import type { ScanDetail, ScanPreviewView } from "@/lib/domain/views/scans";
import { counted, size } from "./scan-words";

function said({ asked }: ScanDetail): string[] {
  return [
    asked.detector ? `detector ${asked.detector}` : "", asked.asset ? `asset ${asked.asset}${asked.assetOverride ? " for all results" : ""}` : "",
    asked.rules.length > 0 ? `rules ${asked.rules.join(", ")}` : "", asked.paths.length > 0 ? `paths ${asked.paths.join(", ")}` : "",
    asked.findings.length > 0 ? `findings ${asked.findings.map((number) => `F-${number}`).join(", ")}` : "",
  ].filter((word) => word !== "");
}

/** The record of a scan: what it is, when, by whom, and the digest that its file is proved by. */
export function ScanRecord({ scan, preview }: { scan: ScanDetail; preview: ScanPreviewView | null }) {
  const words = said(scan);
  return (
    <Facts>
      <Fact name="Format">{scan.formatLabel ?? "not recognised"}</Fact>
      <Fact name="Taken">{scan.takenAt ? <Moment at={scan.takenAt} look="minute" /> : "—"}</Fact>
      <Fact name="Imported">{scan.startedAt ? <Moment at={scan.startedAt} look="minute" /> : "—"} by {scan.by}</Fact>
      {preview === null || preview.looks.detectors.length === 0 ? scan.parts.map((part, index) => <Fact key={index} name={index === 0 ? "Covers" : ""}>{part.detector}: {counted(part.assetCount, "asset")}, {part.scope}{part.failed ? "; the report says the run failed, so it covers nothing" : ""}</Fact>) : null}
      {words.length > 0 ? <Fact name="Sender says">{words.join("; ")}</Fact> : null}
      {scan.counts.statements > 0 ? <Fact name="Statements">{counted(scan.counts.statements, "statement")} about vulnerabilities (VEX): suggestions on the findings that they meet</Fact> : null}
      {preview?.brakeOff || preview?.note ? <Fact name="Brake">{preview.brakeOff ? (preview.attempts.some(({ held }) => held) ? "held it, then released" : "switched off") : "on"}{preview.note ? `: “${preview.note}”` : ""}</Fact> : null}
      <Fact name="Results">{scan.counts.observed.toLocaleString("en")} in the report</Fact>
      {scan.bytes ? <Fact name="Size">{size(scan.bytes)}{scan.removedAt ? <>; the file itself was removed on <Moment at={scan.removedAt} look="day" /></> : null}</Fact> : null}
      {scan.sha256 ? <Fact name="SHA-256"><code className="font-mono text-2xs break-all">{scan.sha256}</code></Fact> : null}
    </Facts>
  );
}
