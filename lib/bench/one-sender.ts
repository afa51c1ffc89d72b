import fs from "node:fs";
import { createToken } from "@/lib/commands/tokens/create";
import { operatorActor } from "@/lib/gate/actor";
import { call } from "@/lib/testing/rest";
import { answering } from "@/lib/bench/answering";
import { askedOfSender } from "@/lib/bench/spec";

/** A process that answers one REST call, as a web server does, and may be killed in it. Without a token it makes one. */
async function main(): Promise<{ token: string } | { status: number; bulk: unknown }> {
  const { environment, token, key, body } = askedOfSender.parse(JSON.parse(fs.readFileSync(0, "utf8")));
  if (token === null) {
    const made = await createToken(operatorActor("bench"), { environment, name: "crash", role: "manager", days: 1 });
    if (!made.ok) throw new Error(made.refusal.message);
    return { token: made.value.token };
  }
  const answer = await call("POST", `/api/v1/environments/${environment}/findings/bulk`, { token, body, headers: { "Idempotency-Key": key } });
  return { status: answer.status, bulk: answer.body };
}

answering(main);
