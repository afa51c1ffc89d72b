import { DeliveriesScreen } from "@/components/connectors/deliveries-screen";
import { ForbiddenScreen } from "@/components/shell/trouble";
import { numberIn, oneOf, unlessForbidden, visitor } from "@/lib/doors/visit";
import { DELIVERY_TABS } from "@/lib/domain/views/connectors";
import { loadDeliveries } from "@/lib/queries/deliveries";

export const metadata = { title: "Deliveries" };

type Props = { params: Promise<{ env: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Deliveries({ params, searchParams }: Props) {
  const actor = await visitor();
  const environment = numberIn((await params).env);
  const asked = await searchParams;
  const [tab, connector] = [oneOf(asked.tab), oneOf(asked.connector)];
  const page = await loadDeliveries(actor, {
    environment, tab: DELIVERY_TABS.find((each) => each === tab) ?? "waiting", connector: connector === null ? null : numberIn(connector), cursor: oneOf(asked.cursor),
  });
  if (page.ok) return <DeliveriesScreen page={page.value} />;
  unlessForbidden(page.refusal);
  return <ForbiddenScreen what="read deliveries" who="Analysts, managers, auditors and admins read them." home={`/e/${environment}/alerts`} />;
}
