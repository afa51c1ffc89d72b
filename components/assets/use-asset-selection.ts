"use client";
import { useRowSelection } from "@/components/ui/use-row-selection";
import type { AssetRow } from "@/lib/domain/views/assets";

const idOf = ({ id }: AssetRow) => id;

/** Where the cursor stands in the inventory and what is ticked. */
export function useAssetSelection(rows: readonly AssetRow[], mayTick: boolean) {
  return useRowSelection(rows, idOf, mayTick);
}

export type AssetSelection = ReturnType<typeof useAssetSelection>;
