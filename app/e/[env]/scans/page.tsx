import { ScansScreen } from "@/components/scans/scans-screen";
import { ForbiddenScreen } from "@/components/shell/trouble";
import { cancelScan, changePolicy, saveMapping } from "@/lib/actions/scans";
import { MAX_UPLOAD_BYTES } from "@/lib/doors/upload";
import { numberIn, oneOf, unlessForbidden, visitor } from "@/lib/doors/visit";
import { scansPage } from "@/lib/queries/scans-page";

export const metadata = { title: "Scans" };

type Props = { params: Promise<{ env: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Scans({ params, searchParams }: Props) {
  const actor = await visitor();
  const environment = numberIn((await params).env);
  const page = await scansPage(actor, { environment, cursor: oneOf((await searchParams).cursor), maxBytes: MAX_UPLOAD_BYTES });
  if (page.ok) return <ScansScreen page={page.value} actions={{ cancelScan, changePolicy, saveMapping }} />;
  unlessForbidden(page.refusal);
  return <ForbiddenScreen what="read scans" who="Every role of this environment reads them." home={`/e/${environment}/alerts`} />;
}
