"use client";
import { useEffect, useState } from "react";
import { ask } from "@/components/shell/ask";
import type { PersonView } from "@/lib/domain/views/shell";

function isPerson(value: unknown): value is PersonView {
  return typeof value === "object" && value !== null && "id" in value && "name" in value && "email" in value && "initials" in value;
}

/** Everybody here, also those who decide nothing; `known` until they have arrived, or when they do not. */
export function usePeople(environment: number, known: readonly PersonView[]): readonly PersonView[] {
  const [people, setPeople] = useState(known);
  useEffect(() => {
    let isGone = false;
    void ask(environment, "people").then((found) => { if (!isGone && Array.isArray(found)) setPeople(found.filter(isPerson)); });
    return () => { isGone = true; };
  }, [environment]);
  return people;
}
