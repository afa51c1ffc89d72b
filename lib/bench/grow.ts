import { dice } from "@/lib/bench/dice";

/** A report as bytes, made as it is read: whatever its size, one host of it is in memory. */
export type GrownReport = { results: number; open(): AsyncGenerator<Uint8Array, void, undefined> };

/**
 * What a grown report holds. `hosts` names the machines by number. `round` 0 is the first look. In later rounds a share `change` of
 * what a host still has is gone and as much is new, and of what `wasClosed` a hundredth is back. The same wish gives the same bytes.
 */
export type Wish = { hosts: readonly number[]; takenAt: Date; round: number; change: number };

/** The items of a report (or of a sample), as text, each with its own rule. */
export type Templates = { items: readonly string[]; hasOwnRules: boolean };

const RULES = 3_000;
const MOST_ITEMS = 250;
const FEWEST_ITEMS = 6;

/** How many items a host has at the first look: many have few, few have many. */
export function itemsOf(host: number): number {
  return FEWEST_ITEMS + Math.floor((MOST_ITEMS - FEWEST_ITEMS) * dice(host * 2 + 1)() ** 3);
}

/** The first machines that together have so many results, and how many exactly. `every` spreads them over the machines there are. */
export function hostsFor(results: number, every = 1, known = Number.POSITIVE_INFINITY): { hosts: number[]; items: number } {
  const hosts: number[] = [];
  let items = 0;
  for (let at = 0; items < results && Math.floor(at * every) < known; at++) {
    const host = Math.floor(at * every);
    hosts.push(host);
    items += itemsOf(host);
  }
  return { hosts, items };
}

/** Items that the world closes before a rescan, by their port: see age.ts. */
export const isClosedInWorld = (port: number): boolean => port % 3 === 0;

type Item = { rule: number; port: number };

/** What a host has in a round: rules that are few and common, ports that tell two of them apart. */
export function hostItems(host: number, { round, change }: Pick<Wish, "round" | "change">): Item[] {
  const rule = dice(host * 2 + 2);
  const size = itemsOf(host);
  const first = Array.from({ length: size }, (_, at) => ({ rule: Math.floor(RULES * rule() ** 2), port: at + 1 }));
  if (round === 0) return first;
  const luck = dice(host * 31 + round);
  const stayed = first.filter(({ port }) => luck() < (isClosedInWorld(port) ? 0.01 : 1 - change));
  const fresh = Array.from({ length: Math.round(size * change) }, (_, at) => ({ rule: Math.floor(RULES * rule() ** 2), port: round * 1_000 + at }));
  return [...stayed, ...fresh];
}

/** Cuts the items out of a Nessus report; those of a given file keep their texts, those of our sample are made many. */
export function nessusTemplates(report: string, isSample: boolean): Templates {
  const items = [...report.matchAll(/<ReportItem\b[^>]*?(?:\/>|>[\s\S]*?<\/ReportItem>)/g)].map(([text]) => text).filter((text) => /pluginID="\d+"/.test(text));
  return { items: items.filter((text) => !text.includes("compliance-result")), hasOwnRules: !isSample };
}

const SUBJECTS = ["TLS configuration", "SQL injection", "Outdated library", "Weak cipher", "Missing update", "Default credential", "Information disclosure", "Privilege escalation"];
const PRODUCTS = ["web server", "database", "mail relay", "kernel", "print spooler", "container runtime", "directory service"];

function withRule(item: string, rule: number): string {
  const name = `${SUBJECTS[rule % SUBJECTS.length]} in the ${PRODUCTS[rule % PRODUCTS.length]} ${(rule * 7919).toString(36)}`;
  const year = 2015 + (rule % 11);
  return item
    .replace(/pluginID="\d+"/, `pluginID="${900_000 + rule}"`)
    .replace(/pluginName="[^"]*"/, `pluginName="${name}"`)
    .replaceAll(/CVE-\d{4}-\d+/g, `CVE-${year}-${10_000 + rule}`)
    .replace(/<description>[^<]*/, `<description>${name}: the check found what its vendor describes in advisory ${rule}. ${"An attacker on the same network could make use of it. ".repeat(1 + (rule % 6))}`);
}

function onPort(item: string, host: number, port: number): string {
  const placed = item.replace(/port="\d+"/, `port="${port}"`);
  return placed.replace(/(<plugin_output>(?:<!\[CDATA\[)?)/, `$1Host ${host} answered on port ${port} with build ${(host * 131 + port) % 9_973}.\n`);
}

const address = (host: number): string => `10.${(host >> 16) & 255}.${(host >> 8) & 255}.${host & 255}`;

function hostText(host: number, texts: readonly string[], wish: Wish): string {
  const items = hostItems(host, wish).map(({ rule, port }) => onPort(texts[rule % texts.length] ?? "", host, port));
  const end = Math.floor(wish.takenAt.getTime() / 1_000);
  return `<ReportHost name="${address(host)}"><HostProperties><tag name="HOST_END_TIMESTAMP">${end}</tag></HostProperties>\n${items.join("\n")}\n</ReportHost>\n`;
}

/** A Nessus report of these machines, grown from the items of another one. */
export function grownNessus({ items, hasOwnRules }: Templates, wish: Wish): GrownReport {
  const texts = hasOwnRules ? items : Array.from({ length: RULES }, (_, rule) => withRule(items[rule % items.length] ?? "", rule));
  const results = wish.hosts.reduce((sum, host) => sum + hostItems(host, wish).length, 0);
  async function* open(): AsyncGenerator<Uint8Array, void, undefined> {
    const encoder = new TextEncoder();
    yield encoder.encode('<?xml version="1.0"?>\n<NessusClientData_v2><Report name="grown">\n');
    for (const host of wish.hosts) yield encoder.encode(hostText(host, texts, wish));
    yield encoder.encode("</Report></NessusClientData_v2>\n");
  }
  return { results, open };
}
