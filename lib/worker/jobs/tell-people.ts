import { randomUUID } from "node:crypto";
import { tell } from "@/lib/commands/notices/tell";
import { env, needed } from "@/lib/env";
import { systemActor } from "@/lib/gate/actor";

/** Tells people of what acts did, once; letters only where there is a server for them. */
export async function runTellPeople({ environment, actions }: { environment: number; actions: readonly string[] }): Promise<void> {
  const told = await tell(systemActor(randomUUID()), { environment, actions, origin: needed("AUTH_URL"), mails: env.SMTP_URL !== undefined });
  if (!told.ok) throw new Error(told.refusal.message);
}
