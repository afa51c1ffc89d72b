import { expect, it } from "vitest";
import { MOST_RULES } from "@/lib/domain/scan/report";
import { nessus } from "../nessus";
import { nessusOf, readAll, sourceOf } from "../samples/reading-samples";

const host = (...plugins: number[]): string => `<ReportHost name="h">${plugins.map((plugin) => `<ReportItem pluginID="${String(plugin)}" pluginName="n" port="0" protocol="tcp" severity="1"></ReportItem>`).join("")}</ReportHost>`;
const report = (set: string, ...plugins: number[]): string =>
  nessusOf(host(...plugins)).replace("<Report ", `<Policy><Preferences><ServerPreferences><preference><name>max_hosts</name><value>7</value></preference><preference><name>plugin_set</name><value>${set}</value></preference></ServerPreferences></Preferences></Policy><Report `);
const ran = async (content: string, size = 65_536) => (await readAll(nessus, sourceOf(content, size))).parts[0]?.rules ?? null;
const feed = (many: number): string => Array.from({ length: many }, (_, plugin) => `${String(plugin + 10_000)};`).join("");

it("knows the checks that ran from the policy, a feed of 250,000 among them, however the file is cut", async () => {
  for (const size of [65_536, 1_000]) {
    const rules = await ran(report(feed(250_000), 10_001), size);
    expect([rules?.length, rules?.[0], rules?.at(-1)]).toEqual([250_000, "10000", "259999"]);
  }
});

it("takes a check that found something for one that ran, be it in the list or not: the others of the list are still all that ran", async () => {
  expect(await ran(report("1;2;3", 1, 4, 4))).toEqual(["1", "2", "3", "4"]);
});

it.each([
  ["a list of something else", report("all", 1)],
  ["an empty list", report("", 1)],
  ["no policy", nessusOf(host(1))],
  ["more than can be kept", report(feed(MOST_RULES + 1), 10_001)],
])("says nothing of the checks that ran: %s", async (_, content) => {
  expect(await ran(content)).toBeNull();
});

it("takes no other preference for the list, and none that a scanned server writes", async () => {
  expect(await ran(report("1;2", 1).replace("<name>plugin_set</name>", "<name>other</name>"))).toBeNull();
  expect(await ran(report("1;2", 1).replace("</ReportItem>", "<plugin_output>&lt;preference&gt;&lt;name&gt;plugin_set&lt;/name&gt;</plugin_output></ReportItem>"))).toEqual(["1", "2"]);
});
