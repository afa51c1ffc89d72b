import { prisma } from "@/lib/db/client";
import type { Role } from "@/lib/domain/access/can";
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from "@/lib/domain/access/demo-accounts";
import type { DemoAccount } from "@/lib/domain/views/shell";
import { mayUseDemoAccounts } from "@/lib/env";

const MAY = {
  viewer: "Reads everything, changes nothing",
  analyst: "Triages, assigns, imports reports",
  manager: "Triages, undoes what others did",
  auditor: "Reads everything, the log too",
  admin: "Everything, people and tokens included",
} as const satisfies Record<Role, string>;

/** The demo accounts that sign-in offers: none unless the demo is on and they are there. */
export async function offeredAccounts(): Promise<DemoAccount[]> {
  if (!mayUseDemoAccounts) return [];
  const there = await prisma.person.findMany({ where: { email: { in: DEMO_ACCOUNTS.map(({ email }) => email) }, disabledAt: null }, select: { email: true } });
  return DEMO_ACCOUNTS.filter(({ email }) => there.some((person) => person.email === email)).map(({ email, role }) => ({ email, role, password: DEMO_PASSWORD, may: MAY[role] }));
}
