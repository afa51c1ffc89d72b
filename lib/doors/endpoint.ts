import { randomUUID } from "node:crypto";
import { isDatabaseAway } from "@/lib/db/away";
import { ok, refuse, refuseInput, type Refused, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { parse, permit } from "@/lib/gate/permit";
import { tokenCaller, type Caller } from "./api-key";
import { downloaded, isDownload } from "./download";
import { answerOnce, keyOf, repeatableStream, repeatableText } from "./first-answer";
import { parseJson, readText } from "./json-body";
import { consume, limitHeaders } from "./limits";
import type { Answer, Body, Operation, Params, Query } from "./operation";
import { AWAY, problem, surprise } from "./problem";

/** What a call asks, read and permitted. `version` is what `If-Match` named, null without it. */
export type Asked<O extends Operation> = {
  actor: Actor;
  caller: Caller;
  params: Params<O>;
  query: Query<O>;
  body: Body<O>;
  version: number | null;
  request: Request;
};

type Call<O extends Operation> = (asked: Asked<O>) => Promise<Result<Answer<O>>>;
type RouteContext = { params: Promise<unknown> };
type Handler = (request: Request, context: RouteContext) => Promise<Response>;

/**
 * A route handler over a declared call: who asks, how often, may they, what exactly, and only then the command or query.
 * Refusals become problem details; a command asks the gate once more.
 */
export function endpoint<const O extends Operation>(operation: O, call: Call<O>): Handler {
  return async (request, context) => {
    const requestId = randomUUID();
    const response = await answerCall(operation, call, request, context, requestId).catch((error: unknown) => failed(error, requestId));
    response.headers.set("X-Request-Id", requestId);
    return response;
  };
}

async function answerCall<O extends Operation>(operation: O, call: Call<O>, request: Request, context: RouteContext, requestId: string): Promise<Response> {
  const known = await tokenCaller(request, requestId);
  if (!known.ok) return problem(known.refusal);
  const caller = known.value;

  const counted = await consume(operation.upload ? "imports" : "calls", String(caller.token));
  const headers = limitHeaders(counted);
  if (!counted.ok) return problem({ code: "limited", message: "Too many calls with this token.", retryAfter: counted.seconds }, headers);

  const response = await answer(operation, call, caller, request, (await context.params) ?? {});
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

/** What nobody expected. A database that is away is told as such; the rest is for whoever reads the server's output. */
function failed(error: unknown, requestId: string): Response {
  if (isDatabaseAway(error)) return problem(AWAY.refusal);
  console.error(`request ${requestId}:`, error);
  return surprise(requestId);
}

async function answer<O extends Operation>(operation: O, call: Call<O>, caller: Caller, request: Request, rawParams: unknown): Promise<Response> {
  const refused = mayAsk(operation, caller, rawParams);
  if (refused) return problem(refused.refusal);
  const text = operation.upload ? ok("") : await readText(request);
  if (!text.ok) return problem(text.refusal);

  const run = async (sent: Request, by: Caller = caller) => {
    const asked = readCall(operation, by, sent, rawParams, text.value);
    if (!asked.ok) return problem(asked.refusal);
    const result = await call(asked.value);
    return result.ok ? success(operation, result.value) : problem(result.refusal);
  };
  const key = operation.method === "post" ? keyOf(request) : null;
  if (key === null) return run(request);
  if (key === "invalid") return problem(refuseInput([{ path: "Idempotency-Key", message: "must be 1 to 200 printable characters" }]).refusal);
  if (!operation.upload) return answerOnce(caller, repeatableText(request, key, text.value, operation.secret), (by) => run(request, by));
  const report = repeatableStream(request, key);
  return answerOnce(caller, report.call, (by) => run(report.request, by));
}

function readCall<O extends Operation>(operation: O, caller: Caller, request: Request, rawParams: unknown, text: string): Result<Asked<O>> {
  const params = parse<O["params"]>(operation.params, rawParams);
  if (!params.ok) return params;
  const query = parse<O["query"]>(operation.query, queryOf(request));
  if (!query.ok) return query;
  const json = parseJson(text);
  if (!json.ok) return json;
  const body = parse<O["body"]>(operation.body, json.value);
  if (!body.ok) return body;
  const version = versionOf(request);
  if (!version.ok) return version;
  return ok({ actor: caller.actor, caller, params: params.value, query: query.value, body: body.value, version: version.value, request });
}

/** The parameters of an address; one that is given twice is a list. */
function queryOf(request: Request): Record<string, string | string[]> {
  const parameters = new URL(request.url).searchParams;
  return Object.fromEntries([...new Set(parameters.keys())].map((name) => {
    const [first = "", ...more] = parameters.getAll(name);
    return [name, more.length > 0 ? [first, ...more] : first];
  }));
}

/** `If-Match: "7"` names the version that the sender saw; `*` and absence name none. */
function versionOf(request: Request): Result<number | null> {
  const header = request.headers.get("if-match");
  if (header === null || header.trim() === "*") return ok(null);
  const [, version] = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header.trim()) ?? [];
  return version === undefined ? refuseInput([{ path: "If-Match", message: "must be the version of the record" }]) : ok(Number(version));
}

/** A path that names nothing, and an environment that is not the caller's, are missing alike. */
function mayAsk(operation: Operation, caller: Caller, rawParams: unknown): Refused | null {
  const params = operation.params.safeParse(rawParams);
  if (!params.success) return refuse("missing", "There is no such address.");
  if (operation.act === null) return null;
  const permitted = permit(caller.actor, operation.act, { environment: params.data.env });
  return permitted.ok ? null : permitted;
}

function success(operation: Operation, value: unknown): Response {
  if (operation.download && isDownload(value)) return downloaded(value);
  return new Response(JSON.stringify(value), { status: operation.status, headers: { "Content-Type": "application/json", "Cache-Control": "no-store" } });
}
