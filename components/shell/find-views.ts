"use client";
import { useEffect, useState } from "react";
import type { ViewRow } from "@/lib/domain/views/desk";
import { ask } from "./ask";

export type ViewName = Pick<ViewRow, "id" | "name" | "isShared">;

function isName(value: unknown): value is ViewName {
  return typeof value === "object" && value !== null && "id" in value && "name" in value && "isShared" in value;
}

/** The views that may be opened here, once they have arrived; without an answer there are none. */
export function useViewNames(environment: number): readonly ViewName[] {
  const [names, setNames] = useState<readonly ViewName[]>([]);
  useEffect(() => {
    let isGone = false;
    void ask(environment, "views").then((found) => { if (!isGone && Array.isArray(found)) setNames(found.filter(isName)); });
    return () => { isGone = true; };
  }, [environment]);
  return names;
}
