import { randomUUID } from "node:crypto";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { Fault, type Input, type Verbs } from "@/lib/cli/command";
import { setMembership } from "@/lib/commands/memberships/set";
import { createPerson } from "@/lib/commands/people/create";
import { disablePerson } from "@/lib/commands/people/disable";
import { setPassword } from "@/lib/commands/people/set-password";
import { ROLES } from "@/lib/domain/access/can";
import type { Result } from "@/lib/domain/refusal";
import { operatorActor } from "@/lib/gate/actor";
import { newPassword } from "@/lib/gate/secrets";
import { personNumbered } from "@/lib/queries/person";

const environment = z.coerce.number({ error: "must be a number" }).int().positive();
const email = z.string({ error: "is missing" });
const secret = { password: z.string().optional(), "password-stdin": z.boolean().optional() };
const person = z.object({ environment, email });
const wanted = person.extend({ name: z.string(), role: z.enum(ROLES), ...secret });

const WHO = { environment: { type: "string" }, email: { type: "string" } } as const;
const SECRET = { password: { type: "string" }, "password-stdin": { type: "boolean" } } as const;

function done<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  const faults = result.refusal.errors?.map(({ path, message }) => `${path} ${message}`).join("; ");
  throw new Fault(faults ?? [result.refusal.message, result.refusal.next].filter(Boolean).join(" "));
}

/** The password that was given, or a new one to hand over. */
async function passwordOf(given: { password?: string; "password-stdin"?: boolean }): Promise<{ password: string; isNew: boolean }> {
  if (given["password-stdin"]) return { password: (await text(process.stdin)).trimEnd(), isNew: false };
  return given.password === undefined ? { password: newPassword(), isNew: true } : { password: given.password, isNew: false };
}

function tell({ json, print, note }: Input, number: number, address: string, made: { password: string; isNew: boolean }) {
  const shown = made.isNew ? { password: made.password } : {};
  if (json) return print(JSON.stringify({ person: number, email: address, ...shown }));
  if (made.isNew) note("The password, shown this once:");
  print(made.isNew ? made.password : String(number));
}

async function numberOf(given: z.output<typeof person>): Promise<number> {
  const number = await personNumbered(given.environment, given.email);
  if (number === null) throw new Fault(`${given.email} is no member of environment ${given.environment}`);
  return number;
}

async function turn({ values, note }: Input, disabled: boolean): Promise<number> {
  const given = person.parse(values);
  done(await disablePerson(operatorActor(randomUUID()), { environment: given.environment, person: await numberOf(given), disabled }));
  note(`${given.email} ${disabled ? "is shut out" : "may sign in again"}.`);
  return 0;
}

export const verbs: Verbs = {
  create: {
    summary: "add a person with their first role; without a password one is made and printed this once",
    usage: "--email EMAIL --name NAME --role ROLE --environment NUMBER [--password TEXT | --password-stdin] [--json]",
    options: { ...WHO, ...SECRET, name: { type: "string" }, role: { type: "string" } },
    run: async (input) => {
      const given = wanted.parse(input.values);
      const made = await passwordOf(given);
      const { environment: number, email: address, name, role } = given;
      const created = done(await createPerson(operatorActor(randomUUID()), { environment: number, email: address, name, role, password: made.password }));
      tell(input, created.person, address, made);
      return 0;
    },
  },
  role: {
    summary: "give somebody with an account a role in an environment, or take it away",
    usage: "--email EMAIL --environment NUMBER --role ROLE|none",
    options: { ...WHO, role: { type: "string" } },
    run: async ({ values, note }) => {
      const given = person.extend({ role: z.enum([...ROLES, "none"]) }).parse(values);
      const role = given.role === "none" ? null : given.role;
      done(await setMembership(operatorActor(randomUUID()), { environment: given.environment, email: given.email, role }));
      note(`${given.email} in environment ${given.environment}: ${given.role}.`);
      return 0;
    },
  },
  password: {
    summary: "give a member a new password and end their sessions",
    usage: "--email EMAIL --environment NUMBER [--password TEXT | --password-stdin] [--json]",
    options: { ...WHO, ...SECRET },
    run: async (input) => {
      const given = person.extend(secret).parse(input.values);
      const made = await passwordOf(given);
      const number = await numberOf(given);
      done(await setPassword(operatorActor(randomUUID()), { environment: given.environment, person: number, password: made.password }));
      tell(input, number, given.email, made);
      return 0;
    },
  },
  disable: { summary: "shut a member out at once", usage: "--email EMAIL --environment NUMBER", options: WHO, run: (input) => turn(input, true) },
  enable: { summary: "let a member in again", usage: "--email EMAIL --environment NUMBER", options: WHO, run: (input) => turn(input, false) },
};
