"use client";
import { useRouter } from "next/navigation";
import { useOptimistic, useState, useTransition } from "react";
import { assetsAddress } from "@/lib/domain/asset/address";
import type { AssetFilter } from "@/lib/domain/asset/input";
import type { AssetActions, AssetRow, AssetsPage } from "@/lib/domain/views/assets";

type More = { page: AssetsPage; rows: readonly AssetRow[]; nextCursor: string | null; state: "idle" | "loading" | "failed" };
const startOf = (page: AssetsPage): More => ({ page, rows: page.rows, nextCursor: page.nextCursor, state: "idle" });

/** The rows that are loaded, and the way to more of them. A page that is read anew begins them anew. */
export function useAssetRows(page: AssetsPage, load: AssetActions["loadAssets"]) {
  const [more, setMore] = useState(() => startOf(page));
  if (more.page !== page) setMore(startOf(page));

  async function loadMore() {
    if (more.nextCursor === null || more.state === "loading") return;
    setMore({ ...more, state: "loading" });
    const answer = await load({ environment: page.environment.number, filter: page.filter, cursor: more.nextCursor }).catch(() => null);
    setMore((now) => {
      if (now.page !== page) return now;
      if (!answer?.ok) return { ...now, state: "failed" };
      const known = new Set(now.rows.map(({ id }) => id));
      return { ...now, rows: [...now.rows, ...answer.value.rows.filter(({ id }) => !known.has(id))], nextCursor: answer.value.nextCursor, state: "idle" };
    });
  }
  return { rows: more.rows, hasMore: more.nextCursor !== null, state: more.state, loadMore: () => void loadMore() };
}

/** The filter in the address. A change paints at once; the rows follow when the server has them. */
export function useAssetFilter(current: AssetFilter) {
  const router = useRouter();
  const [isWaiting, start] = useTransition();
  const [filter, guess] = useOptimistic(current);
  function go(next: AssetFilter) {
    start(() => {
      guess(next);
      router.push(assetsAddress(next) || window.location.pathname, { scroll: false });
    });
  }
  return { filter, go, isWaiting: isWaiting && assetsAddress(filter) !== assetsAddress(current) };
}
