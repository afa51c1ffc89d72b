import { figuresOf } from "@/lib/bench/bench-queue";
import { startChild } from "@/lib/bench/child.mjs";
import { on, value } from "@/lib/bench/databases";
import type { Figure } from "@/lib/bench/measured";
import { queueTimes } from "@/lib/bench/spec";
import { makeTickets, TICKETS } from "@/lib/bench/ticket-world";
import type { Setting } from "@/lib/bench/world";

/** The list beside a queue of findings, its data layer against SQL written by hand, turn by turn in one process. */
export async function benchTicketList(setting: Setting): Promise<Figure[]> {
  await makeTickets(setting);
  const url = setting.databases.url(TICKETS);
  const [tickets, findings] = await on(url, async (client) => [await value(client, "SELECT count(*) FROM ticket"), await value(client, "SELECT count(*) FROM finding")]);
  const { code, last } = await startChild(url, {}, "one-ticket-list.ts").done;
  if (code !== 0) throw new Error(`The reading of the tickets ended with code ${code}.`);
  const times = queueTimes.parse(JSON.parse(last));
  const bench = `${tickets} tickets, ${findings} findings`;
  return [
    ...figuresOf(bench, "exact counts of all tabs against select 1", times.counts, 3, "counted differently"),
    ...figuresOf(bench, "exact filtered counts against SQL", times.filtered, 1.3, "counted differently"),
    ...figuresOf(bench, "first page against SQL", times.pages, 2),
    ...figuresOf(bench, "page 30,000 rows deep against the first", times.deep, 1.5),
    ...figuresOf(bench, "page of a search against SQL", times.words, 1.5),
    ...figuresOf(bench, "count of a search against SQL", times.wordCounts, 1.5, "counted differently"),
  ];
}
