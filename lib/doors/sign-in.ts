import { z } from "zod";
import { prisma } from "@/lib/db/client";
import { isDemoAccount } from "@/lib/domain/access/demo-accounts";
import { ok, refuse, type Refused, type Result } from "@/lib/domain/refusal";
import { isStorable } from "@/lib/domain/storable";
import { mayUseDemoAccounts } from "@/lib/env";
import { fitsPassword } from "@/lib/gate/secrets";
import { consume, giveBack, type LimitName } from "./limits";
import { recordSignIn, type Attempt } from "./record-sign-in";
import { personActor } from "./session";

const typed = z.object({ email: z.string().trim().toLowerCase().min(3).max(320).refine(isStorable), password: z.string().min(1).max(1000) });

export type SignedIn = { id: number; email: string; name: string; version: number };

const WRONG = refuse("unauthenticated", "E-mail and password do not fit.");

/**
 * Signs a person in by e-mail and password from an address. Every refusal but "too often" looks and takes the same,
 * whether the account is unknown, disabled or the password wrong. Only attempts that fail are counted.
 */
export async function signIn(raw: unknown, address: string): Promise<Result<SignedIn>> {
  const given = typed.safeParse(raw);
  if (!given.success) return WRONG;
  const { email, password } = given.data;

  const keys = limitsOf(email, address);
  for (const [name, key] of keys) {
    const { ok: free, seconds } = await consume(name, key);
    if (!free) return limited(seconds);
  }
  const judged = await judge(email, password, address);
  if (!judged.ok) return judged;
  for (const [name, key] of keys) await giveBack(name, key);
  return judged;
}

function limitsOf(email: string, address: string): readonly (readonly [LimitName, string])[] {
  const account = email.slice(0, 100);
  return [["sign-in-pair", `${account}|${address}`], ["sign-in-account", account], ["sign-in-address", address]];
}

function limited(seconds: number): Refused {
  return refuse("limited", `Too many attempts. Try again in ${Math.ceil(seconds / 60)} minutes.`, { retryAfter: seconds });
}

async function judge(email: string, password: string, address: string): Promise<Result<SignedIn>> {
  const person = await prisma.person.findUnique({ where: { email }, include: { memberships: { where: { active: true }, orderBy: { environmentId: "asc" } } } });
  const fits = await fitsPassword(person?.passwordHash ?? null, password);
  const known = person && { id: person.id, environments: person.memberships.map(({ environmentId }) => environmentId) };
  const why = whyNot(person, fits);
  if (!person || why) {
    await recordSignIn({ outcome: "failed", person: known, address, why: why ?? "unknown account" }, null);
    return WRONG;
  }

  const { id, name, sessionVersion: version } = person;
  await recordSignIn({ outcome: "signed_in", person: known, address, why: null }, await personActor({ person: id, version }));
  return ok({ id, email, name, version });
}

function whyNot(person: { email: string; disabledAt: Date | null } | null, fits: boolean): Attempt["why"] {
  if (!person) return "unknown account";
  if (!fits) return "wrong password";
  if (person.disabledAt) return "disabled";
  return isDemoAccount(person.email) && !mayUseDemoAccounts ? "demo accounts are off" : null;
}
