import { AlertsScreen } from "@/components/alerts/alerts-screen";
import { ForbiddenScreen } from "@/components/shell/trouble";
import * as actions from "@/lib/actions/findings";
import { applySuggestions, ignoreSuggestions } from "@/lib/actions/suggestions";
import { numberIn, oneOf, unlessForbidden, visitor } from "@/lib/doors/visit";
import { askedNumber, readQueue } from "@/lib/domain/views/queue-address";
import { alertsPage } from "@/lib/queries/alerts-page";

export const metadata = { title: "Alerts" };

type Props = { params: Promise<{ env: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Alerts({ params, searchParams }: Props) {
  const actor = await visitor();
  const environment = numberIn((await params).env);
  const asked = await searchParams;
  const page = await alertsPage(actor, { environment, filter: readQueue(asked), open: askedNumber(oneOf(asked.open)), at: askedNumber(oneOf(asked.at)) });
  if (page.ok) return <AlertsScreen page={page.value} actions={{ ...actions, applySuggestions, ignoreSuggestions }} />;
  unlessForbidden(page.refusal);
  return <ForbiddenScreen what="read findings" who="Every role of this environment reads them." home="/" />;
}
