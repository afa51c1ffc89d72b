import { Page, PageHead } from "@/components/shell/page-head";
import { Skeleton } from "@/components/ui/states";
import { SkeletonTickets } from "./ticket-list";

/** The tickets while they are read, in their final sizes. */
export function TicketsLoading() {
  return (
    <Page>
      <PageHead title="Tickets" />
      <div role="status" aria-label="Loading tickets" className="flex min-h-0 flex-1 flex-col">
        <div className="flex h-[41px] items-center gap-6 border-b border-line px-[18px]">{[0, 1, 2, 3].map((each) => <Skeleton key={each} className="h-4 w-20" />)}</div>
        <div className="h-[42px] border-b border-line" />
        <div className="h-[30px] border-b border-line bg-ground" />
        <div className="@container overflow-hidden"><SkeletonTickets count={24} /></div>
      </div>
    </Page>
  );
}
