import { Page, PageHead } from "@/components/shell/page-head";
import { Skeleton } from "@/components/ui/states";
import { SkeletonRows } from "./queue-skeleton";

/** The alerts screen while it is read, in its final sizes: nothing jumps when the rows arrive. */
export function AlertsLoading() {
  return (
    <Page>
      <PageHead title="Alerts" />
      <div role="status" aria-label="Loading alerts" className="flex min-h-0 flex-1 flex-col">
        <div className="flex h-[49px] items-center gap-[26px] px-[18px]">{[0, 1, 2, 3, 4].map((each) => <Skeleton key={each} className="h-4 w-24" />)}</div>
        <div className="flex h-[39px] items-center gap-6 border-b border-line px-[22px]">{[0, 1, 2, 3, 4].map((each) => <Skeleton key={each} className="h-3 w-20" />)}</div>
        <div className="h-[42px] border-b border-line" />
        <div className="h-[30px] border-b border-line bg-ground" />
        <div className="@container overflow-hidden"><SkeletonRows count={24} /></div>
      </div>
    </Page>
  );
}
