"use client";
import { useEffect, useState } from "react";
import type { ViewRow } from "@/lib/domain/views/desk";

export type ViewName = Pick<ViewRow, "id" | "name" | "isShared">;

function isName(value: unknown): value is ViewName {
  return typeof value === "object" && value !== null && "id" in value && "name" in value && "isShared" in value;
}

/** The views that may be opened here, once they have arrived; without an answer there are none. */
export function useViewNames(environment: number): readonly ViewName[] {
  const [names, setNames] = useState<readonly ViewName[]>([]);
  useEffect(() => {
    let isGone = false;
    void fetch(`/api/e/${environment}/views`, { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" })
      .then((answer): Promise<unknown> => (answer.ok ? answer.json() : Promise.resolve([])))
      .then((found) => { if (!isGone && Array.isArray(found)) setNames(found.filter(isName)); })
      .catch(() => null);
    return () => { isGone = true; };
  }, [environment]);
  return names;
}
