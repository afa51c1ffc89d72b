"use client";
import { createElement } from "react";
import { useAhead } from "@/components/ui/ahead";

const trayFile = () => import("@/components/bulk/bulk-tray").then((file) => file.BulkTray);

/** Where bulk actions tell how far they are; its code comes after the screen's own, and may stay away without taking the screen along. */
export function BulkCorner({ environment }: { environment: number }) {
  const BulkTray = useAhead(trayFile, false);
  return BulkTray && createElement(BulkTray, { key: environment, environment });
}
