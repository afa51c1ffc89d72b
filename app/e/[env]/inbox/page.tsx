import { InboxScreen } from "@/components/inbox/inbox-screen";
import { ForbiddenScreen } from "@/components/shell/trouble";
import { numberIn, oneOf, unlessForbidden, visitor } from "@/lib/doors/visit";
import { inbox } from "@/lib/queries/notices";

export const metadata = { title: "Inbox" };

type Props = { params: Promise<{ env: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Inbox({ params, searchParams }: Props) {
  const environment = numberIn((await params).env);
  const before = oneOf((await searchParams).before);
  const page = await inbox(await visitor(), { environment, before: before === null ? null : numberIn(before) });
  if (page.ok) return <InboxScreen page={page.value} />;
  unlessForbidden(page.refusal);
  return <ForbiddenScreen what="read messages" who="People have messages; tokens have none." home={`/e/${environment}/alerts`} />;
}
