import { randomUUID } from "node:crypto";
import { z } from "zod";
import { Fault, type Verbs } from "@/lib/cli/command";
import { createToken } from "@/lib/commands/tokens/create";
import { revokeToken } from "@/lib/commands/tokens/revoke";
import { ROLES } from "@/lib/domain/access/can";
import { SCOPES } from "@/lib/domain/access/scopes";
import { operatorActor } from "@/lib/gate/actor";

const number = z.coerce.number({ error: "must be a number" }).int().positive();
const listed = z.string().max(2000).transform((text) => text.split(/[\s,]+/).filter(Boolean));
const wanted = z.object({
  environment: number, role: z.enum(ROLES), name: z.string(), days: number, person: z.string().optional(),
  scopes: listed.pipe(z.array(z.enum(SCOPES))).optional(), addresses: listed.optional(),
});
const named = z.object({ environment: number, id: number });

export const verbs: Verbs = {
  create: {
    summary: "make a bearer token; prints the token alone, this once",
    usage: `--environment NUMBER --role ROLE --name NAME [--person EMAIL] [--days 90] [--scopes ${SCOPES.join(",")}] [--addresses 203.0.113.0/24,2001:db8::7] [--json]`,
    options: {
      environment: { type: "string" }, role: { type: "string" }, name: { type: "string" }, person: { type: "string" }, days: { type: "string", default: "90" },
      scopes: { type: "string" }, addresses: { type: "string" },
    },
    run: async ({ values, json, print, note }) => {
      const given = wanted.parse(values);
      const made = await createToken(operatorActor(randomUUID()), given);
      if (!made.ok) throw new Fault(made.refusal.message);
      const { id, token, expiresAt, role } = made.value;
      if (role !== given.role) note(`${given.person} may less than that here: the token acts as ${role}.`);
      print(json ? JSON.stringify({ id, token, expires_at: expiresAt }) : token);
      return 0;
    },
  },
  revoke: {
    summary: "end a token at once",
    usage: "--environment NUMBER --id NUMBER",
    options: { environment: { type: "string" }, id: { type: "string" } },
    run: async ({ values, note }) => {
      const { environment, id } = named.parse(values);
      const ended = await revokeToken(operatorActor(randomUUID()), { environment, token: id });
      if (!ended.ok) throw new Fault(ended.refusal.message);
      note(`Token ${id} no longer holds.`);
      return 0;
    },
  },
};
