// One process of the bench: a web server as `npm start` has it, tokens for its clients, and the fight between them.
import { setTimeout as sleep } from "node:timers/promises";
import { text } from "node:stream/consumers";
import { answering } from "@/lib/bench/answering";
import { askedOfFight, type FightAnswer } from "@/lib/bench/bench-conflicts";
import { startWebServer } from "@/lib/bench/child.mjs";
import { fight } from "@/lib/bench/conflicts";
import { createToken } from "@/lib/commands/tokens/create";
import { operatorActor } from "@/lib/gate/actor";

const operator = operatorActor("bench");

async function answers(port: number): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (await fetch(`http://127.0.0.1:${port}/api/health`).catch(() => null)) return;
    await sleep(100);
  }
  throw new Error("The web server of the bench did not answer.");
}

async function tokens(environment: number, howMany: number): Promise<string[]> {
  const made: string[] = [];
  for (let at = 0; at < howMany; at++) {
    const token = await createToken(operator, { environment, name: `client ${at}`, role: "analyst", days: 1 });
    if (!token.ok) throw new Error(token.refusal.message);
    made.push(token.value.token);
  }
  return made;
}

async function main(): Promise<FightAnswer> {
  const { environment, port, ...asked } = askedOfFight.parse(JSON.parse(await text(process.stdin)));
  const web = startWebServer(port);
  try {
    const keys = await tokens(environment, asked.clients);
    await answers(port);
    const began = performance.now();
    const fought = await fight({
      ...asked,
      send: async (client, finding, decision) => {
        const headers = { Authorization: `Bearer ${keys[client] ?? ""}`, "Content-Type": "application/json" };
        const answer = await fetch(`http://127.0.0.1:${port}/api/v1/environments/${environment}/findings/${finding}/transition`, { method: "POST", headers, body: JSON.stringify(decision) });
        return { status: answer.status, body: await answer.json() };
      },
    });
    return { ...fought, milliseconds: performance.now() - began };
  } finally {
    web.stop();
  }
}

answering(main);
