import type { Notifier } from "./contract";
import { smtp } from "./smtp";

/** The ways to reach people outside, by the scheme of the address that names them. */
const NOTIFIERS = { "smtp:": smtp, "smtps:": smtp } as const satisfies Record<string, (address: string, from: string) => Notifier>;

/** The notifier behind an address; null where there is none for its scheme. */
export function notifierOf(address: string, from: string): Notifier | null {
  const { protocol } = new URL(address);
  return protocol === "smtp:" || protocol === "smtps:" ? NOTIFIERS[protocol](address, from) : null;
}
