import { setTimeout as sleep } from "node:timers/promises";
import { runSendMail } from "@/lib/worker/jobs/send-mail";

/** A process that sends what is due for as long as it lives, as a worker's job does each minute. Meant to be killed. */
async function main(): Promise<never> {
  for (;;) {
    await runSendMail().catch(() => {}); // the database may be away: the next round tries again
    await sleep(200);
  }
}

void main();
