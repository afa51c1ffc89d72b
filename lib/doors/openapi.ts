import { z } from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import { REFUSAL_CODES } from "@/lib/domain/refusal";
import { version } from "@/lib/env";
import type { Operation } from "./operation";
import { OPERATIONS } from "./operations/all";
import { PROBLEM_TITLES, STATUS_OF } from "./problem";

const problemRecord = z.object({
  type: z.string().describe("urn:docket:problem:CODE"),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  next: z.string().optional().describe("What would work instead."),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).max(50).optional(),
  allowed_transitions: z.array(z.string()).max(10).optional(),
  changes: z.unknown().optional().describe("What moved since the version that was named. Of a finding the entries of its log since then, newest first: version, at, by, action, from and to (its status), fields, and changes (field, from, to in words)."),
}).meta({ id: "Problem", description: "Problem details (RFC 9457)." });

const healthRecord = z.object({
  status: z.enum(["ok", "down"]), database: z.string(), environment: z.string(), worker: z.string(), version: z.string(),
}).meta({ id: "Health" });

/** Which refusals a call may meet beside those that every call may. */
const ALWAYS = ["unauthenticated", "forbidden", "missing", "invalid", "limited"] as const;

function problemsOf({ method, upload }: Operation) {
  const codes = [...ALWAYS, ...(method === "get" ? [] : ["conflict" as const, "too_large" as const]), ...(upload ? ["unavailable" as const] : [])];
  const described = REFUSAL_CODES.filter((code) => codes.some((each) => each === code));
  return Object.fromEntries(described.map((code) => [
    String(STATUS_OF[code]),
    { description: PROBLEM_TITLES[code], content: { "application/problem+json": { schema: problemRecord } } },
  ]));
}

const idempotencyKey = z.object({
  "Idempotency-Key": z.string().max(200).optional().describe("Sent again with the same body it gives the first answer; kept 24 hours."),
});
const ifMatch = idempotencyKey.extend({ "If-Match": z.string().optional().describe("The version that was seen; as `version` in the body.") });

const keyOfSecret = z.object({
  "Idempotency-Key": z.string().max(200).optional().describe("Sent again it is not done again, and answers 409: what the first answer showed is kept nowhere."),
});

function headersOf({ method, path, secret }: Operation) {
  if (method === "get" || method === "put" || method === "delete") return {};
  if (method === "patch") return { header: ifMatch.pick({ "If-Match": true }) };
  if (secret !== undefined) return { header: keyOfSecret };
  return { header: path.includes("{number}") ? ifMatch : idempotencyKey };
}

function bodyOf({ method, upload, body }: Operation): Pick<ZodOpenApiOperationObject, "requestBody"> {
  if (upload) return { requestBody: { required: true, content: { "application/octet-stream": { schema: z.string().meta({ format: "binary" }) } } } };
  return method === "get" || method === "delete" ? {} : { requestBody: { content: { "application/json": { schema: body } } } };
}

function documented(operationId: string, operation: Operation): ZodOpenApiOperationObject {
  const { summary, tag, params, query, status, answer, download } = operation;
  const files = download?.map((type) => [type, { schema: z.string() }] as const);
  const ok = { description: "Done.", content: files ? Object.fromEntries(files) : { "application/json": { schema: answer } } };
  return {
    operationId, summary, tags: [tag], security: [{ bearer: [] }],
    requestParams: { path: params, ...(query instanceof z.ZodObject ? { query } : {}), ...headersOf(operation) },
    ...bodyOf(operation),
    responses: { [String(status)]: ok, ...problemsOf(operation) },
  };
}

const HEALTH: ZodOpenApiPathsObject = {
  "/api/health": {
    get: {
      operationId: "health", summary: "Can people work here now?", tags: ["health"], security: [],
      responses: {
        200: { description: "Yes.", content: { "application/json": { schema: healthRecord } } },
        503: { description: "No: what is down.", content: { "application/json": { schema: healthRecord } } },
        "4XX": { description: "Never met: asks for nothing.", content: { "application/problem+json": { schema: problemRecord } } },
      },
    },
  },
};

/** The OpenAPI 3.1 document of the REST interface at `site`, made of the schemas that read and answer the calls. */
export function openApiDocument(site: string) {
  const paths: ZodOpenApiPathsObject = { ...HEALTH };
  for (const [name, operation] of Object.entries(OPERATIONS)) {
    const path = `/api/v1${operation.path}`;
    paths[path] = { ...paths[path], [operation.method]: documented(name, operation) };
  }
  return createDocument({
    openapi: "3.1.0",
    info: { title: "Docket", version, description: "Triage of security findings. Times are ISO 8601 in UTC; names are snake_case.", license: { name: "MIT", identifier: "MIT" } },
    servers: [{ url: new URL(site).origin }],
    tags: ["health", "environments", "assets", "scans", "findings", "bulk", "tickets", "connectors", "views", "audit"].map((name) => ({ name, description: `Calls about ${name}.` })),
    components: { securitySchemes: { bearer: { type: "http", scheme: "bearer", description: "npm run docket -- token create; with --person EMAIL it stands for that member, may what both may, and ends with them; --scopes narrows what it may, --addresses from where" } } },
    paths,
  });
}
