import { z } from "zod";
import type { Act } from "@/lib/domain/access/can";

/** One call of the REST interface. The endpoint obeys it, the OpenAPI document shows it and the authorisation matrix tests it. */
export type Operation = {
  method: "get" | "post" | "patch" | "put" | "delete";
  /** Below /api/v1, with {names} for the parts that vary. */
  path: `/${string}`;
  summary: string;
  tag: "environments" | "assets" | "scans" | "findings" | "bulk" | "tickets" | "connectors" | "views" | "audit";
  /** What the role must allow; null asks for a valid token alone. */
  act: Act | null;
  params: z.ZodObject;
  query: z.ZodType;
  body: z.ZodType;
  /** A body that is no JSON: a report, which the route reads by itself. It counts as an import. */
  upload?: "report";
  /** An answer that is no JSON: a file, in these media types, sent while it is made. */
  download?: readonly string[];
  /** The answer holds what is shown once: none of it is kept under an Idempotency-Key, and who asks again is told to do this. */
  secret?: string;
  status: 200 | 201 | 202;
  answer: z.ZodType;
};

/** Declares a call: nothing but a name for its exact type. */
export function operation<const O extends Operation>(declared: O): O {
  return declared;
}

export type Params<O extends Operation> = z.output<O["params"]>;
export type Query<O extends Operation> = z.output<O["query"]>;
export type Body<O extends Operation> = z.output<O["body"]>;
export type Answer<O extends Operation> = z.input<O["answer"]>;

/** No query, or a body without fields. */
export const nothing = z.strictObject({});

const number = z.coerce.number().int().min(1).max(2_147_483_647);

export const environmentPath = z.object({ env: number.describe("The number of the environment.") });
export const findingPath = environmentPath.extend({ number: number.describe("The number of the finding: 42 is shown as F-42.") });
export const recordPath = environmentPath.extend({ id: number });

export const page = {
  limit: z.coerce.number().int().min(1).max(500).default(50).describe("How many at most."),
  cursor: z.string().min(1).max(1000).optional().describe("next_cursor of the page before."),
};
