import { BulksScreen } from "@/components/bulk/bulks-screen";
import { ForbiddenScreen } from "@/components/shell/trouble";
import { numberIn, oneOf, unlessForbidden, visitor } from "@/lib/doors/visit";
import { bulksPage } from "@/lib/queries/bulk";

export const metadata = { title: "Bulk actions" };

type Props = { params: Promise<{ env: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Bulks({ params, searchParams }: Props) {
  const actor = await visitor();
  const environment = numberIn((await params).env);
  const asked = await searchParams;
  const id = oneOf(asked.id);
  const page = await bulksPage(actor, { environment, cursor: oneOf(asked.cursor), open: id === null ? null : numberIn(id) });
  if (page.ok) return <BulksScreen environment={environment} page={page.value} />;
  unlessForbidden(page.refusal);
  return <ForbiddenScreen what="read bulk actions" who="Every role of this environment reads them." home={`/e/${environment}/alerts`} />;
}
