"use client";
import dynamic from "next/dynamic";

const BulkTray = dynamic(() => import("@/components/bulk/bulk-tray").then((file) => file.BulkTray), { ssr: false });

/** Where the bulk actions of this person show; its code comes after the page. */
export function BulkCorner({ environment }: { environment: number }) {
  return <BulkTray key={environment} environment={environment} />;
}
