"use client";
import Link from "next/link";
import { Moment } from "@/components/ui/moment";
import type { ScanPreviewView } from "@/lib/domain/views/scans";
import { ChangeLink } from "./change-link";
import { counted } from "./scan-words";

type Looks = ScanPreviewView["looks"];

function covers({ assets, covered, failed, rejected, isUnread, isSomePorts }: Looks["detectors"][number]): string {
  if (failed) return `${counted(assets, "asset")}; the report says that the run failed, so it covers nothing`;
  if (rejected > 0) return `${counted(assets, "asset")}; ${counted(rejected, "row")} of it could not be read, so it closes nothing`;
  if (isUnread) return `${counted(assets, "asset")}, without the files that the tool could not read`;
  if (isSomePorts) return `${counted(assets, "asset")}, on the ports that it looked at`;
  if (covered === assets) return `${counted(assets, "asset")}, full`;
  return covered === 0 ? `${counted(assets, "asset")}, partial` : `${counted(assets, "asset")}, ${covered.toLocaleString("en")} of them full`;
}

const CHANGES = [{ key: "appeared", change: "new" }, { key: "refound", change: "refound" }, { key: "vanishing", change: "unseen" }] as const;

/** What a scan looked at: its detectors, and on each asset what is detected before and after it. */
export function ScanLooks({ environment, preview }: { environment: number; preview: ScanPreviewView }) {
  const { detectors, scopes } = preview.looks;
  const fresh = new Set(preview.facts.newAssets.names);
  if (detectors.length === 0) return null;
  const all = detectors.reduce((sum, { assets }) => sum + assets, 0);
  const number = "text-right tabular-nums";
  return (
    <section aria-label="What it looked at" className="mt-7">
      <h2 className="mb-1 font-semibold">What it looked at</h2>
      <ul className="mb-2 text-ink-2">{detectors.map((one) => <li key={one.detector}><b className="font-medium text-ink">{one.detector}</b>: {covers(one)}; taken <Moment at={one.takenAt} /></li>)}</ul>
      <div className="max-h-[27.5rem] overflow-auto" tabIndex={0} role="group" aria-label="Assets, before and after">
        <table className="w-full border-collapse text-left">
          <thead className="sticky top-0 bg-panel"><tr className="border-b border-line text-2xs text-ink-3 [&>th]:h-[30px] [&>th]:pr-3 [&>th]:font-normal"><th>Asset</th><th className="w-40 max-md:hidden">Detector</th><th className="w-24 max-sm:hidden">Coverage</th><th className={`w-20 ${number}`}>Last time</th><th className={`w-20 ${number}`}>{preview.isApplied ? "This time" : "Would be"}</th><th className={`w-20 ${number}`}>Appeared</th><th className={`w-20 ${number}`}>Re-found</th><th className={`w-16 ${number}`}>Gone</th></tr></thead>
          <tbody>
            {scopes.map((one) => {
              const id = preview.assetIds[one.asset];
              return (
                <tr key={`${one.detector} ${one.asset}`} className="border-b border-line hover:bg-hover [&>td]:py-1.5 [&>td]:pr-3">
                  <td className="break-all">{id === undefined ? one.asset : <Link href={`/e/${environment}/assets/${id}`} prefetch={false} className="hover:underline" title="Its drift over time">{one.asset}</Link>}{fresh.has(one.asset) ? <span className="ml-1.5 rounded bg-accent-soft px-1.5 text-2xs text-accent">new asset</span> : null}</td>
                  <td className="truncate text-ink-2 max-md:hidden">{one.detector}</td>
                  <td className="text-ink-2 max-sm:hidden">{one.newest ? (one.covers ? "full" : "partial") : "history"}</td>
                  {[one.before, one.live].map((count, index) => <td key={index} className={`${number} ${count === 0 ? "text-ink-3" : ""}`}>{count.toLocaleString("en")}</td>)}
                  {CHANGES.map(({ key, change }) => <td key={key} className={number}>{preview.isApplied ? <ChangeLink environment={environment} scan={preview.scan} change={change} asset={one.asset} detector={one.detector} count={one[key]} /> : <span className={one[key] === 0 ? "text-ink-3" : ""}>{one[key].toLocaleString("en")}</span>}</td>)}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {scopes.length < all ? <p className="mt-1 text-xs text-ink-3">The {scopes.length} with the most changes, of {all.toLocaleString("en")}.</p> : null}
    </section>
  );
}
