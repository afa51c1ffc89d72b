import { readdirSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { createToken } from "@/lib/commands/tokens/create";
import { revokeToken } from "@/lib/commands/tokens/revoke";
import type { Role } from "@/lib/domain/access/can";
import { operatorActor } from "@/lib/gate/actor";

const root = path.resolve(import.meta.dirname, "../..");

/** The address patterns of all route files under app/api, as Next serves them: "/api/v1/environments/[env]". */
export const ROUTES: readonly string[] = readdirSync(path.join(root, "app/api"), { recursive: true, encoding: "utf8" })
  .filter((file) => path.basename(file) === "route.ts")
  .map((file) => `/api/${path.dirname(file).replaceAll(path.sep, "/")}`)
  .sort();

const handlers = z.record(z.string(), z.unknown());

/** What a route file exports, by name. */
export async function exportsOf(pattern: string): Promise<Record<string, unknown>> {
  return handlers.parse({ ...(await import(/* @vite-ignore */ path.join(root, "app", pattern, "route.ts"))) });
}

type Found = { pattern: string; params: Record<string, string> };

/** The route file that Next would take for an address: fixed parts before varying ones. */
function routeOf(pathname: string): Found {
  const parts = pathname.split("/");
  const fits = ROUTES.map((pattern) => ({ pattern, names: pattern.split("/") })).filter(
    ({ names }) => names.length === parts.length && names.every((name, at) => name.startsWith("[") || name === parts[at]),
  );
  const [best] = fits.sort((a, b) => a.names.filter((name) => name.startsWith("[")).length - b.names.filter((name) => name.startsWith("[")).length);
  if (!best) throw new Error(`No route file answers ${pathname}.`);
  const params = best.names.flatMap((name, at) => (name.startsWith("[") ? [[name.slice(1, -1), parts[at] ?? ""] as const] : []));
  return { pattern: best.pattern, params: Object.fromEntries(params) };
}

export type Answered = { status: number; headers: Headers; body: unknown; text: string };
type Wish = { token?: string; body?: unknown; bytes?: string | Uint8Array<ArrayBuffer>; headers?: Record<string, string> };

/** Calls a route handler as the server would; `body` is sent as JSON, `bytes` as they are. */
export async function call(method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE", address: string, { token, body, bytes, headers }: Wish = {}): Promise<Answered> {
  const url = new URL(address, "http://127.0.0.1:3000");
  const { pattern, params } = routeOf(url.pathname);
  const handler = (await exportsOf(pattern))[method];
  if (typeof handler !== "function") throw new Error(`${pattern} does not export ${method}.`);
  const sent = bytes ?? (body === undefined ? null : JSON.stringify(body));
  const request = new Request(url, { method, body: sent, headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers } });
  const given = Object.keys(params).length > 0 ? params : undefined; // as Next does where nothing in the address varies
  const response: unknown = await handler(request, { params: Promise.resolve(given) });
  if (!(response instanceof Response)) throw new Error(`${pattern} gave no response.`);
  const answer = await response.text();
  const isJson = /json/.test(response.headers.get("content-type") ?? "");
  return { status: response.status, headers: response.headers, text: answer, body: isJson ? JSON.parse(answer) : null };
}

/** A live token of this role, and its record's id; `person` is the e-mail of whoever stands behind it. */
export async function makeToken(environment: number, role: Role, days = 7, person?: string): Promise<{ id: number; token: string }> {
  const made = await createToken(operatorActor("test"), { environment, name: `a ${role}`, role, days, person });
  if (!made.ok) throw new Error(made.refusal.message);
  return made.value;
}

export async function endToken(environment: number, token: number): Promise<void> {
  await revokeToken(operatorActor("test"), { environment, token });
}
