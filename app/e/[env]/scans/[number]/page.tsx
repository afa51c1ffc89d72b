import type { Metadata } from "next";
import { ScanScreen } from "@/components/scans/scan-screen";
import { ForbiddenScreen } from "@/components/shell/trouble";
import { carryAllOfScan, carryDecision, dismissCarry, loadCarries, revertAction } from "@/lib/actions/findings";
import * as actions from "@/lib/actions/scans";
import * as suggestions from "@/lib/actions/suggestions";
import { numberIn, oneOf, unlessForbidden, visitor } from "@/lib/doors/visit";
import { scanPage } from "@/lib/queries/scan-page";

type Props = { params: Promise<{ env: string; number: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Scan ${numberIn((await params).number)}` };
}

export default async function Scan({ params, searchParams }: Props) {
  const actor = await visitor();
  const { env, number } = await params;
  const { attempt, rows } = await searchParams;
  const page = await scanPage(actor, { environment: numberIn(env), scan: numberIn(number), attempt: oneOf(attempt), rows: oneOf(rows) });
  if (page.ok) return <ScanScreen page={page.value} actions={{ ...actions, ...suggestions, carryAllOfScan, carryDecision, dismissCarry, loadCarries, revertAction }} />;
  unlessForbidden(page.refusal);
  return <ForbiddenScreen what="read scans" who="Every role of this environment reads them." home={`/e/${numberIn(env)}/alerts`} />;
}
