import type { Metadata } from "next";
import { ScanScreen } from "@/components/scans/scan-screen";
import { ForbiddenScreen } from "@/components/shell/trouble";
import { numberIn, unlessForbidden, visitor } from "@/lib/doors/visit";
import { scanPage } from "@/lib/queries/scan-page";

type Props = { params: Promise<{ env: string; number: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Scan ${numberIn((await params).number)}` };
}

export default async function Scan({ params }: Props) {
  const actor = await visitor();
  const { env, number } = await params;
  const page = await scanPage(actor, { environment: numberIn(env), scan: numberIn(number) });
  if (page.ok) return <ScanScreen page={page.value} />;
  unlessForbidden(page.refusal);
  return <ForbiddenScreen what="read scans" who="Every role of this environment reads them." home={`/e/${numberIn(env)}/alerts`} />;
}
