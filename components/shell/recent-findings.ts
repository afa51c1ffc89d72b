"use client";

const MOST = 8;
export type Recent = { number: number; title: string };

function isRecent(value: unknown): value is Recent {
  return typeof value === "object" && value !== null && "number" in value && typeof value.number === "number" && "title" in value && typeof value.title === "string";
}

const storeOf = (environment: number) => `docket.recent.${environment}`;

/** The findings that were looked at last in this tab of the browser, the newest first. */
export function recentFindings(environment: number): Recent[] {
  try {
    const kept: unknown = JSON.parse(window.sessionStorage.getItem(storeOf(environment)) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isRecent).slice(0, MOST) : [];
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
