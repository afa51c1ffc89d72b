import { createHmac } from "node:crypto";
import { dice } from "@/lib/bench/dice";

const STATUS = [["To Do", "new"], ["In Progress", "indeterminate"], ["Done", "done"]] as const;
const BEGIN = Date.UTC(2027, 0, 1);

export type Delivery = { id: string; bytes: string; isForged: boolean };

export type WishedDeliveries = { tickets: number; count: number; seed: number };

const pick = <Item>(items: readonly Item[], random: () => number): Item | undefined => items[Math.floor(random() * items.length)];

/** What Jira posts of an issue as it stood in a round. */
function posted(ticket: number, round: number, random: () => number): string {
  const at = new Date(BEGIN + round * 60_000 + ticket);
  const [status, category] = pick(STATUS, random) ?? STATUS[0];
  return JSON.stringify({
    webhookEvent: random() < 0.002 ? "jira:issue_deleted" : "jira:issue_updated", timestamp: at.getTime(), user: { displayName: `Person ${ticket % 7}` },
    issue: {
      id: String(10_000 + ticket), key: `SEC-${ticket}`, self: `https://jira.example.test/rest/api/3/issue/${10_000 + ticket}`,
      fields: { summary: `Renamed ${Math.floor(random() * 4)}`, labels: ["docket", random() < 0.5 ? "severity-low" : "severity-high"], updated: at.toISOString(), assignee: null, status: { name: status, statusCategory: { key: category } } },
    },
  });
}

/** What happens over there, in its order: in each round something to every issue. Half as many as are delivered, since each comes twice. */
export function inOrder({ tickets, count, seed }: WishedDeliveries): Delivery[][] {
  const random = dice(seed);
  return Array.from({ length: Math.ceil(count / 2 / tickets) }, (_, round) => Array.from({ length: tickets }, (__, at) => ({ id: `${round}-${at + 1}`, bytes: posted(at + 1, round, random), isForged: false })));
}

/** The same as it may come: each twice, shuffled, a twentieth again under another name long after, and as many that somebody else made up. */
export function asItComes(wished: WishedDeliveries): Delivery[] {
  const random = dice(wished.seed + 1);
  const all = inOrder(wished).flat();
  const stale = Array.from({ length: Math.ceil(all.length / 10) }, (_, at) => ({ ...(pick(all, random) ?? { bytes: "{}", isForged: false }), id: `again-${at}` }));
  const forged = stale.map(({ bytes }, at) => ({ id: `forged-${at}`, bytes: bytes.replaceAll("Renamed", "Forged"), isForged: true }));
  const shuffled = [...all, ...all, ...forged].map((delivery) => ({ delivery, rank: random() })).sort((one, other) => one.rank - other.rank).map(({ delivery }) => delivery);
  return [...shuffled, ...stale];
}

/** Its signature; that of a forged one is made with another secret. */
export const signatureOf = ({ bytes, isForged }: Delivery, secret: string): string => `sha256=${createHmac("sha256", isForged ? `${secret}!` : secret).update(bytes).digest("hex")}`;
