"use client";
import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useCommandKeys } from "@/components/shell/command-registry";
import { KeyCaps, useKeyHints } from "@/components/shell/keyboard";
import { Fact, Facts } from "@/components/finding/section";
import { Page, PageBody, PageHead } from "@/components/shell/page-head";
import { lateDialog } from "@/components/shell/late-dialog";
import { Button, buttonClass } from "@/components/ui/button";
import { ClockProvider } from "@/components/ui/clock";
import { pressKept } from "@/components/ui/toast";
import { can } from "@/lib/domain/access/can";
import { liveAddress } from "@/lib/domain/asset/address";
import { KIND_LABELS } from "@/lib/domain/asset/words";
import type { AssetActions, AssetPage } from "@/lib/domain/views/assets";
import { assetsOf, takeBack } from "./announce";
import { ExposureBadge, SensitivityBadge, StageBadge } from "./asset-columns";
import { Detectors, History, Looks, Part } from "./asset-parts";
import { DriftChart } from "./drift-chart";
import { LiveLine } from "./live-counts";

const EditDialog = lateDialog(() => import("./edit-dialog").then((file) => file.EditDialog));

function AssetFacts({ page }: { page: AssetPage }) {
  const { asset } = page;
  return (
    <Facts>
      {asset.otherNames.length > 0 ? <Fact name="Also known as"><span className="break-all">{asset.otherNames.join(", ")}</span></Fact> : null}
      <Fact name="Kind">{KIND_LABELS[asset.kind]}</Fact>
      <Fact name="Exposure"><ExposureBadge exposure={asset.exposure} /></Fact>
      <Fact name="Sensitivity"><SensitivityBadge sensitivity={asset.sensitivity} /></Fact>
      <Fact name="Owner">{asset.owner ?? "none"}</Fact>
      <Fact name="Team">{asset.team ?? "none"}</Fact>
      <Fact name="Retires">{asset.decommissionOn === null ? "no date set" : asset.stage === "retired" ? `since ${asset.decommissionOn}: its findings may be closed as decommissioned` : `on ${asset.decommissionOn}`}</Fact>
      <Fact name="Live"><LiveLine environment={page.environment.number} asset={asset.name} live={asset.live} /></Fact>
    </Facts>
  );
}

type Props = { page: AssetPage; actions: Pick<AssetActions, "changeAssets" | "revertAssets"> };

function Screen({ page, actions }: Props) {
  const router = useRouter();
  const [isEditing, setEditing] = useState(false);
  const { asset, me } = page;
  const environment = page.environment.number;
  const mayEdit = can(me.role, "asset.manage");
  useCommandKeys({ back: () => router.push(`/e/${environment}/assets`), "action.undo": () => pressKept(assetsOf(environment)), ...(mayEdit ? { "asset.edit": () => setEditing(true) } : {}) });
  const hint = useKeyHints()("asset.edit");
  const known = { owners: asset.owner ? [asset.owner] : [], teams: asset.team ? [asset.team] : [] };
  const revert = (actionId: string) => takeBack({ environment, actionId, assets: [asset.id], revert: actions.revertAssets, onDone: () => router.refresh() });
  return (
    <Page>
      <PageHead title="Asset">
        <Link href={liveAddress(environment, asset.name, null)} className={buttonClass()}>Live findings</Link>
        {mayEdit ? <Button look="primary" aria-keyshortcuts={hint?.aria} onClick={() => setEditing(true)}>Edit… <KeyCaps of="asset.edit" inverse /></Button> : null}
      </PageHead>
      <PageBody width="max-w-4xl">
        <Link href={`/e/${environment}/assets`} className="mb-4 inline-flex items-center gap-1 text-xs text-ink-3 hover:text-ink"><ArrowLeft size={12} aria-hidden /> Assets</Link>
        <h2 className="mb-3 flex flex-wrap items-center gap-2 text-lg font-semibold tracking-tight break-all">{asset.name} <StageBadge asset={asset} /></h2>
        <AssetFacts page={page} />
        <Part title="Detectors"><Detectors page={page} /></Part>
        <Part title="Drift" aside="detected findings after each look, all detectors together">
          {page.drift.length > 0 ? <DriftChart points={page.drift} now={page.now} /> : <p className="text-ink-2">The line begins with the first scan that covers this asset.</p>}
          {page.looks.length > 0 ? <div className="mt-3"><Looks page={page} /></div> : null}
        </Part>
        <Part title="History" aside={can(me.role, "audit.read") ? <Link href={`/e/${environment}/audit?record=${encodeURIComponent(`asset ${asset.id}`)}`} className="hover:text-ink hover:underline">In the audit log</Link> : undefined}><History events={page.events} firstSeen={asset.firstSeen} onRevert={revert} /></Part>
      </PageBody>
      {isEditing ? <EditDialog environment={environment} items={[{ id: asset.id, version: asset.version }]} name={asset.name} shared={asset} known={known} doors={actions} onDone={() => { setEditing(false); router.refresh(); }} onUndone={() => router.refresh()} onClose={() => setEditing(false)} /> : null}
    </Page>
  );
}

/** One asset: what is known of it, who looks at it, how its findings moved over time, and who said what. */
export function AssetScreen({ page, actions }: Props) {
  return <ClockProvider now={page.now}><Screen page={page} actions={actions} /></ClockProvider>;
}
