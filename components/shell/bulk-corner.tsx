"use client";
import { createElement, useEffect, useState } from "react";
import { onBulks } from "@/components/bulk/bulk-news";
import { useAhead } from "@/components/ui/ahead";

const trayFile = () => import("@/components/bulk/bulk-tray").then((file) => file.BulkTray);

/** Where bulk actions tell how far they are; its code comes after the screen's own, at the latest when one begins, and may stay away without taking the screen along. */
export function BulkCorner({ environment }: { environment: number }) {
  const [isWanted, want] = useState(false);
  useEffect(() => onBulks(() => want(true)), []);
  const BulkTray = useAhead(trayFile, isWanted);
  return BulkTray && createElement(BulkTray, { key: environment, environment });
}
