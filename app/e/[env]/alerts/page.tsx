import { AlertsScreen } from "@/components/alerts/alerts-screen";
import { ForbiddenScreen } from "@/components/shell/trouble";
import * as actions from "@/lib/actions/findings";
import { applySuggestions, ignoreSuggestions } from "@/lib/actions/suggestions";
import * as viewActions from "@/lib/actions/views";
import { numberIn, oneOf, unlessForbidden, visitor } from "@/lib/doors/visit";
import { askedNumber } from "@/lib/domain/views/queue-address";
import { alertsPage } from "@/lib/queries/alerts-page";
import { deskOf } from "@/lib/queries/desk";

export const metadata = { title: "Alerts" };

type Props = { params: Promise<{ env: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Alerts({ params, searchParams }: Props) {
  const actor = await visitor();
  const environment = numberIn((await params).env);
  const asked = await searchParams;
  const address = Object.entries(asked).flatMap(([name, value]) => (typeof value === "string" ? [value] : (value ?? [])).map((each): [string, string] => [name, each]));
  const desk = await deskOf(actor, { environment, address: new URLSearchParams(address).toString() });
  const page = desk.ok ? await alertsPage(actor, { environment, filter: desk.value.filter, open: askedNumber(oneOf(asked.open)), at: askedNumber(oneOf(asked.at)) }) : desk;
  if (page.ok && desk.ok) return <AlertsScreen page={page.value} desk={desk.value} actions={{ ...actions, ...viewActions, applySuggestions, ignoreSuggestions }} />;
  if (!page.ok) unlessForbidden(page.refusal);
  return <ForbiddenScreen what="read findings" who="Every role of this environment reads them." home="/" />;
}
