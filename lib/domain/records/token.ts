import { z } from "zod";
import { MAX_ADDRESSES } from "@/lib/domain/access/input";
import { ROLES } from "@/lib/domain/access/can";
import { SCOPES } from "@/lib/domain/access/scopes";
import { moment } from "@/lib/domain/records/finding";

/** asleep: of a person who is disabled, or no member any more; it holds again when they are back. */
export const TOKEN_STATES = ["active", "asleep", "expired", "revoked"] as const;

/** A token as it is listed: never itself, of which only the hash is kept. */
export const tokenRecord = z.object({
  id: z.number().int(),
  name: z.string(),
  prefix: z.string().describe("How it begins."),
  role: z.enum(ROLES).describe("What it may now: of a person's token what both may."),
  scopes: z.array(z.enum(SCOPES)).max(SCOPES.length).describe("What it was made for: it may what its role allows and one of these holds."),
  addresses: z.array(z.string()).max(MAX_ADDRESSES).describe("Addresses and networks that it is taken from; none: from anywhere."),
  person: z.string().nullable().describe("The e-mail of whoever stands behind it."),
  state: z.enum(TOKEN_STATES),
  created_at: moment, expires_at: moment, last_used_at: moment.nullable(), revoked_at: moment.nullable(),
}).meta({ id: "Token" });
export type TokenRecord = z.output<typeof tokenRecord>;

export const tokenListRecord = z.object({ items: z.array(tokenRecord).max(500) }).meta({ id: "TokenList" });
