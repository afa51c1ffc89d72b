import { expect, it } from "vitest";
import { faultOf, readAll } from "./samples/reading-samples";
import { wazuh } from "./wazuh";

it("knows a vulnerability again from the alert, the index and the API, and after an upgrade that did not help", async () => {
  const alert = '{"agent":{"name":"h"},"rule":{"level":1},"data":{"vulnerability":{"cve":"CVE-2024-0001","package":{"name":"p","version":"1"}}}}';
  const index = '{"hits":{"hits":[{"_index":"wazuh-states","_source":{"agent":{"name":"h"},"package":{"name":"p","version":"2"},"vulnerability":{"id":"CVE-2024-0001"}}}]}}';
  const item = '{"data":{"affected_items":[{"cve":"CVE-2024-0001","name":"p","version":"3"}]},"error":0}';
  const read = await Promise.all([alert, `[${alert}]`, index, item].map((text) => readAll(wazuh, text)));
  expect(read.map(({ results }) => results.length)).toEqual([1, 1, 1, 1]);
  expect(new Set(read.map(({ results }) => results[0]?.fingerprint)).size).toBe(1);
});

it.each([
  ["an answer without a list", '{"data":{"items":[]},"error":0}', "holds no list data.affected_items"],
  ["records of others", '[{"agent":{"name":"h"},"title":"x"}]', "Its one entry cannot be read as Wazuh"],
  ["values that are no objects", '[1,null,"x"]', "None of its 3 entries"],
  ["a line cut short", '{"agent":{"name":"h"},"rule":{}}\n{"agent"', "cut short (line 2)"],
])("refuses %s", async (_, text, message) => {
  expect(await faultOf(wazuh, text)).toContain(message);
});
