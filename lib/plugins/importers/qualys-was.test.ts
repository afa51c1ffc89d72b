import { describe, expect, it } from "vitest";
import { qualysWas } from "./qualys-was";
import { faultOf, readAll } from "./samples/reading-samples";

const found = (qid: string, url: string, more = ""): string => `<VULNERABILITY><QID>${qid}</QID><URL>${url}</URL>${more}</VULNERABILITY>`;
const application = (name: string, list: string): string => `<WEB_APPLICATION><NAME>${name}</NAME><VULNERABILITY_LIST>${list}</VULNERABILITY_LIST></WEB_APPLICATION>`;
const site = (name: string): string => `<WEBAPP><NAME>${name}</NAME><URL>https://${name}.example.com/start</URL></WEBAPP>`;
const report = (results: string, behind: string): string => `<WAS_WEBAPP_REPORT><RESULTS>${results}</RESULTS>${behind}</WAS_WEBAPP_REPORT>`;

describe("Qualys WAS", () => {
  it("knows an application by its name: what lies on another of its hosts is its own, and one without detections was looked at", async () => {
    const results = application("shop", `${found("1", "https://shop.example.com/a?x=1")}${found("1", "https://cdn.example.net/a?x=2")}`) + application("blog", "");
    const read = await readAll(qualysWas, report(results, `<APPENDIX>${site("shop")}${site("blog")}</APPENDIX>`));
    expect(read.results.map(({ asset, location }) => [asset, location])).toEqual([["https://shop.example.com", "https://shop.example.com/a?x=1"], ["https://shop.example.com", "https://cdn.example.net/a?x=2"]]);
    expect(new Set(read.results.map(({ fingerprint }) => fingerprint)).size).toBe(2);
    expect(read.parts[0]?.scannedAssets.map(({ name }) => name)).toEqual(["https://shop.example.com", "https://blog.example.com"]);
  });

  it("knows a detection again whatever the values in its query, and apart by its parameter", async () => {
    const results = application("shop", found("1", "https://shop.example.com/a?x=1", "<PARAM>x</PARAM>") + found("1", "https://shop.example.com/a?x=2", "<PARAM>x</PARAM>") + found("1", "https://shop.example.com/a?x=1", "<PARAM>y</PARAM>"));
    expect(new Set((await readAll(qualysWas, report(results, ""))).results.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });

  it.each([
    ["a filter by severity shows less than the scan saw", "<FILTERS><FILTER><NAME>SEVERITY</NAME><VALUE>5</VALUE></FILTER></FILTERS>", { failed: false, provesItsEnd: false }],
    ["a filter of what was mended does not", "<FILTERS><FILTER><NAME>REMEDIATION</NAME></FILTER></FILTERS>", { failed: false }],
    ["a scan that broke off covers nothing", "<APPENDIX><SCAN_LIST><SCAN><STATUS>Finished</STATUS></SCAN><SCAN><STATUS>Time limit reached</STATUS></SCAN></SCAN_LIST></APPENDIX>", { failed: true }],
  ])("%s", async (_what, behind, told) => {
    const { parts: [part] } = await readAll(qualysWas, report(application("shop", found("1", "https://shop.example.com/")), behind));
    expect({ failed: part?.failed, ...(part?.provesItsEnd === undefined ? {} : { provesItsEnd: part.provesItsEnd }) }).toEqual(told);
  });

  it("says which detection cannot be used, and refuses another of Qualys' reports", async () => {
    expect((await readAll(qualysWas, report(`<VULNERABILITY_LIST>${found("1", "https://a.example.com")}${found("", "https://a.example.com")}<VULNERABILITY><QID>1</QID></VULNERABILITY></VULNERABILITY_LIST>`, ""))).rejected).toHaveLength(2);
    expect(await faultOf(qualysWas, "<SCAN value=\"scan/1\"></SCAN>")).toContain("no Qualys WAS report");
  });
});
