import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import type { Refusal } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { currentActor } from "./session";
import { LAST_ENVIRONMENT_COOKIE, PATH_HEADER } from "./visit-words";

/** Who visits a page. Nobody: sign-in, and from there back to the page. */
export async function visitor(): Promise<Actor> {
  const actor = await currentActor();
  if (actor) return actor;
  const next = (await headers()).get(PATH_HEADER);
  redirect(next === null ? "/login" : `/login?callbackUrl=${encodeURIComponent(next)}`);
}

/** A number in an address; anything else names nothing. */
export function numberIn(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) notFound();
  return Number(text);
}

/** One value of a search parameter; null when it is absent. */
export function oneOf(value: string | readonly string[] | undefined): string | null {
  return typeof value === "string" ? value : (value?.[0] ?? null);
}

/** A read that was refused: what is missing, or unreadable, is no page; what the role may not see is left to the page to say. */
export function unlessForbidden(refusal: Refusal): void {
  if (refusal.code !== "forbidden") notFound();
}

/** The environment that this browser visited last; null when it is not known. */
export async function lastEnvironment(): Promise<number | null> {
  const value = (await cookies()).get(LAST_ENVIRONMENT_COOKIE)?.value;
  return value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : null;
}
