import { AssetsScreen } from "@/components/assets/assets-screen";
import { ForbiddenScreen } from "@/components/shell/trouble";
import * as actions from "@/lib/actions/assets";
import { numberIn, unlessForbidden, visitor } from "@/lib/doors/visit";
import { readAssetFilter } from "@/lib/domain/asset/address";
import { assetsPage } from "@/lib/queries/assets-page";

export const metadata = { title: "Assets" };

type Props = { params: Promise<{ env: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Assets({ params, searchParams }: Props) {
  const actor = await visitor();
  const environment = numberIn((await params).env);
  const page = await assetsPage(actor, { environment, filter: readAssetFilter(await searchParams).filter });
  if (page.ok) return <AssetsScreen page={page.value} actions={{ ...actions }} />;
  unlessForbidden(page.refusal);
  return <ForbiddenScreen what="read assets" who="Every role of this environment reads them." home={`/e/${environment}/alerts`} />;
}
