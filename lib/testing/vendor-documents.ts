import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Ajv, type ValidateFunction } from "@redocly/ajv";
import { z } from "zod";
import { GITHUB, JIRA, type Call, type Excerpt, type Schema } from "./vendor-excerpts";

/** A question and its answer, as they went over the line. */
export type Talked = { method: string; url: string; body: unknown; answer: { status: number; body: unknown } };

const anything = z.record(z.string(), z.unknown());
const parameter = z.looseObject({ schema: anything.optional(), name: z.string().optional(), in: z.string().optional(), required: z.boolean().optional(), $ref: z.string().optional() });
const content = z.looseObject({ content: z.record(z.string(), z.looseObject({ schema: anything.optional() })).optional(), $ref: z.string().optional() });
const operation = z.looseObject({ parameters: z.array(parameter).default([]), requestBody: content.optional(), responses: z.record(z.string(), content) });
const openapi = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), z.unknown())), components: z.looseObject({ parameters: z.record(z.string(), parameter).default({}) }) });
type OpenApi = z.output<typeof openapi>;

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/;

/** A document of an interface, and what it says of each call. */
export type Document = { name: string; calls: ReadonlyMap<string, Call>; ajv: Ajv };

/** What may be null, in the words of JSON Schema: they know `nullable` beside a type alone. */
function plain(given: unknown): unknown {
  if (Array.isArray(given)) return given.map(plain);
  const read = anything.safeParse(given);
  if (!read.success) return given;
  const { nullable, ...rest } = read.data;
  const inner = Object.fromEntries(Object.entries(rest).map(([word, value]) => [word, plain(value)]));
  return nullable === true ? { anyOf: [inner, { type: "null" }] } : inner;
}

const newAjv = (): Ajv => new Ajv({ strict: false, validateSchema: false, coerceTypes: false, logger: false, formats: { "date-time": INSTANT, uri: { validate: (given: string) => URL.canParse(given) }, int64: true, int32: true } });

const ofExcerpt = (name: string, excerpt: Excerpt): Document => ({ name, calls: new Map(Object.entries(excerpt)), ajv: newAjv() });

const pointer = (...parts: readonly string[]): string => `#/${parts.map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/")}`;

/** A whole document: its schemas are read where they stand. */
function ofFile(name: string, file: string): Document[] {
  const path = resolve(import.meta.dirname, "../../../shared/data/ticket-openapi", file);
  if (!existsSync(path)) return [];
  const whole = openapi.parse(plain(JSON.parse(readFileSync(path, "utf8"))));
  const ajv = newAjv().addSchema(whole, name);
  const calls = Object.entries(whole.paths).flatMap(([at, methods]) => Object.entries(methods).filter(([method]) => method !== "parameters").map(([method, given]): [string, Call] => {
    const read = operation.parse(given);
    const said = (body: z.output<typeof content> | undefined, ...where: readonly string[]): Schema | null => (body?.content?.["application/json"]?.schema ? { $ref: `${name}${pointer("paths", at, method, ...where, "content", "application/json", "schema")}` } : null);
    const body = said(read.requestBody, "requestBody");
    return [`${method.toUpperCase()} ${at}`, { query: queryOf(whole, read.parameters), ...(body ? { body } : {}), answers: Object.fromEntries(Object.entries(read.responses).map(([status, answer]) => [status, said(answer, "responses", status)])) }];
  }));
  return [{ name, calls: new Map(calls), ajv }];
}

function queryOf({ components }: OpenApi, given: readonly z.output<typeof parameter>[]): Schema {
  const all = given.map((one) => components.parameters[(one.$ref ?? "").split("/").at(-1) ?? ""] ?? one).filter((one) => one.in === "query");
  const listed = z.looseObject({ type: z.literal("array") }); // a list stands in an address with commas
  return { type: "object", properties: Object.fromEntries(all.map(({ name, schema }) => [name ?? "", listed.safeParse(schema).success ? { type: "string" } : (schema ?? {})])), required: all.flatMap(({ name, required }) => (required && name ? [name] : [])), additionalProperties: false };
}

/** What is known of each interface: our own words always, and the vendor's whole document where it is at hand. */
export const DOCUMENTS = {
  github: [ofExcerpt("our excerpt of GitHub", GITHUB), ...ofFile("github", "github-issues.oas.json")],
  jira_cloud: [ofExcerpt("our excerpt of Jira", JIRA), ...ofFile("jira", "jira-issues.fixed-examples.oas.json")],
} as const;

/** The call of a document that an address is of: its words in braces stand for anything, and one without any goes before one with. */
export function callOf({ calls }: Document, method: string, path: string): string | null {
  const fits = [...calls.keys()].filter((key) => new RegExp(`^${method} ${key.split(" ")[1]?.replace(/\{\w+\}/g, "[^/]+")}$`).test(`${method} ${path}`) && key.startsWith(`${method} `));
  return fits.toSorted((one, other) => one.split("{").length - other.split("{").length)[0] ?? null;
}

const known = new WeakMap<object, ValidateFunction>();
function faults(ajv: Ajv, schema: Schema, given: unknown, what: string): string[] {
  const check = known.get(schema) ?? ajv.compile(anything.parse(plain(schema)));
  known.set(schema, check);
  return check(given) ? [] : (check.errors ?? []).map(({ instancePath, message }) => `${what}${instancePath}: ${message}`);
}

const numeric = (text: string): unknown => (/^\d+$/.test(text) ? Number(text) : text);

/** What of a question a document refuses. An empty list: nothing, or it does not know the call. */
export function questionFaults(document: Document, { method, url, body }: Omit<Talked, "answer">): string[] {
  const { pathname, searchParams } = new URL(url, "http://tracker.test");
  const call = document.calls.get(callOf(document, method, pathname) ?? "");
  if (!call) return [];
  const asked = Object.fromEntries([...searchParams].map(([name, value]) => [name, numeric(value)]));
  return [...(call.query ? faults(document.ajv, call.query, asked, "query") : []), ...(call.body ? faults(document.ajv, call.body, body, "body") : [])];
}

/** What of an answer a document does not know. */
export function answerFaults(document: Document, { method, url, answer }: Talked): string[] {
  const call = document.calls.get(callOf(document, method, new URL(url, "http://tracker.test").pathname) ?? "");
  if (!call) return [];
  const schema = call.answers[answer.status];
  if (schema === undefined) return [`answer: nothing is said of status ${answer.status}`];
  return schema === null ? [] : faults(document.ajv, schema, answer.body, "answer");
}
