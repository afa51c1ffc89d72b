import { Page, PageHead } from "@/components/shell/page-head";
import { Skeleton } from "@/components/ui/states";
import { SkeletonAssets } from "./asset-list";

/** The inventory while it is read, in its final sizes. */
export function AssetsLoading() {
  return (
    <Page>
      <PageHead title="Assets" />
      <div role="status" aria-label="Loading assets" className="flex min-h-0 flex-1 flex-col">
        <div className="flex h-[45px] items-center gap-6 px-[18px]">{[0, 1, 2].map((each) => <Skeleton key={each} className="h-4 w-28" />)}</div>
        <div className="h-[42px] border-b border-line" />
        <div className="h-[30px] border-b border-line bg-ground" />
        <div className="@container overflow-hidden"><SkeletonAssets count={24} /></div>
      </div>
    </Page>
  );
}
