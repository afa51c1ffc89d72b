import { Page, PageBody, PageHead } from "@/components/shell/page-head";
import { Skeleton } from "@/components/ui/states";

/** An asset's page while it is read. */
export function AssetLoading() {
  return (
    <Page>
      <PageHead title="Asset" />
      <PageBody width="max-w-4xl">
        <div role="status" aria-label="Loading the asset" className="space-y-3"><Skeleton className="h-3 w-16" /><Skeleton className="h-5 w-72" />{[0, 1, 2, 3, 4].map((each) => <Skeleton key={each} className="h-4 w-56" />)}<Skeleton className="h-32 w-full" /></div>
      </PageBody>
    </Page>
  );
}
