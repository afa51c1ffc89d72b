import type { Role } from "@/lib/domain/access/can";

/** The accounts of the demo environment, by role. They sign in only where the demo is on. */
export const DEMO_PASSWORD = "docket-demo";
export const DEMO_ACCOUNTS = [
  { email: "analyst@demo.test", role: "analyst" },
  { email: "manager@demo.test", role: "manager" },
  { email: "auditor@demo.test", role: "auditor" },
  { email: "admin@demo.test", role: "admin" },
  { email: "viewer@demo.test", role: "viewer" },
] as const satisfies readonly { email: string; role: Role }[];

/** Is this one of the accounts whose password everybody knows? */
export function isDemoAccount(email: string): boolean {
  return DEMO_ACCOUNTS.some((account) => account.email === email.toLowerCase());
}
