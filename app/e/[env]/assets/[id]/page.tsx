import { AssetScreen } from "@/components/assets/asset-screen";
import { ForbiddenScreen } from "@/components/shell/trouble";
import { changeAssets, revertAssets } from "@/lib/actions/assets";
import { numberIn, unlessForbidden, visitor } from "@/lib/doors/visit";
import { assetPage } from "@/lib/queries/asset-page";

export const metadata = { title: "Asset" };

type Props = { params: Promise<{ env: string; id: string }> };

export default async function Asset({ params }: Props) {
  const actor = await visitor();
  const { env, id } = await params;
  const page = await assetPage(actor, { environment: numberIn(env), asset: numberIn(id) });
  if (page.ok) return <AssetScreen page={page.value} actions={{ changeAssets, revertAssets }} />;
  unlessForbidden(page.refusal);
  return <ForbiddenScreen what="read assets" who="Every role of this environment reads them." home={`/e/${numberIn(env)}/alerts`} />;
}
