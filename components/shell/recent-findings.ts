"use client";
import { z } from "zod";

const MOST = 8;
const kept = z.array(z.object({ number: z.number(), title: z.string().max(500) })).max(MOST);
export type Recent = z.output<typeof kept>[number];

const storeOf = (environment: number) => `docket.recent.${environment}`;

/** The findings that were looked at last in this tab of the browser, the newest first. */
export function recentFindings(environment: number): Recent[] {
  try {
    return kept.catch([]).parse(JSON.parse(window.sessionStorage.getItem(storeOf(environment)) ?? "[]"));
  } catch {
    return [];
  }
}

export function rememberFinding(environment: number, { number, title }: Recent) {
  const others = recentFindings(environment).filter((each) => each.number !== number);
  try {
    window.sessionStorage.setItem(storeOf(environment), JSON.stringify([{ number, title: title.slice(0, 500) }, ...others].slice(0, MOST)));
  } catch {
    // a full or forbidden store only means that nothing recent is offered
  }
}
