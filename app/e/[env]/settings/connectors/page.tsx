import { ConnectorsScreen } from "@/components/connectors/connectors-screen";
import { ForbiddenScreen } from "@/components/shell/trouble";
import { numberIn, unlessForbidden, visitor } from "@/lib/doors/visit";
import { loadConnectors } from "@/lib/queries/connectors";

export const metadata = { title: "Connectors" };

export default async function Connectors({ params }: { params: Promise<{ env: string }> }) {
  const actor = await visitor();
  const environment = numberIn((await params).env);
  const page = await loadConnectors(actor, { environment });
  if (page.ok) return <ConnectorsScreen page={page.value} />;
  unlessForbidden(page.refusal);
  return <ForbiddenScreen what="read connectors" who="Analysts, managers, auditors and admins read them." home={`/e/${environment}/alerts`} />;
}
