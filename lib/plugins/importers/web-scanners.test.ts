import { describe, expect, it } from "vitest";
import { burp } from "./burp";
import { nikto } from "./nikto";
import { niktoCsv } from "./nikto-csv";
import { nuclei } from "./nuclei";
import { faultOf, readAll } from "./samples/reading-samples";
import { wapiti } from "./wapiti";
import { wpscan } from "./wpscan";

const distinct = (results: readonly { fingerprint: string }[]): number => new Set(results.map((one) => one.fingerprint)).size;

describe("Nuclei", () => {
  const match = (more: string): string => `{"template-id":"t","info":{"name":"T","severity":"low"},"type":"http",${more}}`;

  it("knows a match again by its path, whatever the values in the query, and apart by its matcher", async () => {
    const again = [match('"matched-at":"https://a.example.com/x?id=1"'), match('"matched-at":"https://a.example.com/x?id=2"')];
    expect(distinct((await readAll(nuclei, again.join("\n"))).results)).toBe(1);
    const apart = [match('"matcher-name":"a","matched-at":"https://a.example.com/"'), match('"matcher-name":"b","matched-at":"https://a.example.com/"')];
    expect(distinct((await readAll(nuclei, apart.join("\n"))).results)).toBe(2);
  });

  it("reads the same matches from lines and from a list", async () => {
    const one = match('"matched-at":"https://a.example.com/x","timestamp":"2024-05-02T10:20:30Z"');
    const [list, lines] = [await readAll(nuclei, `[${one}]`), await readAll(nuclei, one)];
    expect(list.results).toEqual(lines.results);
    expect(list.parts).toEqual(lines.parts.map((part) => ({ ...part, provesItsEnd: true })));
    expect(lines.parts).toMatchObject([{ provesItsEnd: false }]);
  });

  it("names the host for what is no web, and none when the match names none", async () => {
    const lines = [match('"matched-at":"[2001:db8::1]:22"').replace('"http"', '"tcp"'), match('"host":"a.example.com"').replace('"http"', '"dns"'), match('"matched-at":7')];
    const { results } = await readAll(nuclei, lines.join("\n"));
    expect(results.map(({ asset, port }) => [asset, port])).toEqual([["2001:db8::1", 22], ["a.example.com", null], [null, null]]);
  });

  it("says in which line a match cannot be used, and refuses a file that breaks off within one", async () => {
    expect((await readAll(nuclei, `${match('"host":"a"')}\n{"info":{}}`)).rejected).toEqual(["line 2: a match needs a template-id"]);
    expect(await faultOf(nuclei, `${match('"host":"a"')}\n{"template-id":"x","in`)).toContain("cut short (line 2)");
  });
});

describe("Nikto", () => {
  const json = (item: string): string => `{"host":"a.example.com","ip":"192.0.2.7","port":"443","banner":"","vulnerabilities":[${item}]}`;
  const item = (more: string): string => `{"id":"1","method":"GET","url":"/",${more}}`;

  it("knows a header again whose contents changed, and apart from another header", async () => {
    const found = ["'x-a' found, with contents: 1", "'x-a' found, with contents: 2", "'x-b' found, with contents: 1"].map((msg) => item(`"msg":"${msg}"`));
    expect(distinct((await readAll(nikto, json(found.join(",")))).results)).toBe(2);
  });

  it("names the same application in JSON as in XML, and a host without findings too", async () => {
    const { parts } = await readAll(nikto, json(""));
    expect(parts[0]?.scannedAssets).toEqual([{ name: "https://a.example.com", kind: "application", otherNames: ["192.0.2.7"] }]);
    expect(await faultOf(nikto, '{"host":"a","vulnerabilities":{}}')).toContain("A list was expected here");
  });
});

describe("Nikto's CSV, which has no row of columns", () => {
  const host = '"a.example.com","192.0.2.7","443","","","","Apache"\n';
  const item = (message: string) => `"a.example.com","192.0.2.7","443","","GET","/x?y=1","${message}"\n`;

  it("begins with Nikto's banner or a host; other tables of seven quoted cells are refused", async () => {
    expect([`"Nikto - v2.5.0/"\n${host}`, host, item("Found."), '"Nikto was here"\n'].map((text) => niktoCsv.recognises(text).verdict)).toEqual(["yes", "yes", "no", "no"]);
    expect(await faultOf(niktoCsv, item("Found."))).toContain("no host stands before its items");
  });

  it("takes quotes and commas in a message for what they are, and knows it again with another value in the query", async () => {
    const read = await readAll(niktoCsv, host + item('Says \\"hello\\",\\"you\\".') + item("Found.").replace("y=1", "y=2") + item("Found."));
    expect(read.results.map(({ title }) => title)).toEqual(['Says "hello","you".', "Found.", "Found."]);
    expect(distinct(read.results)).toBe(2);
  });

  it("names the line that is none of its own, and refuses one that breaks off, also at a quote inside of it", async () => {
    expect((await readAll(niktoCsv, `${host}"a","b"\n${item("Found.")}`)).rejected).toEqual(["line 2: it has not 7 quoted cells"]);
    for (const cut of ['"a.example.com","192.0.2.7","443","","GET","/x","Foun', '"a.example.com","192.0.2.7","443","","GET","/x","Says \\"', '"a.example.com","192.0.2.7"']) expect(await faultOf(niktoCsv, host + cut)).toContain("cut short");
  });
});

describe("Wapiti and WPScan", () => {
  it("take an entry of a wrong shape for one bad row", async () => {
    const report = '{"vulnerabilities":{"X":[7,{"level":9},{"level":1,"method":"GET","path":"/a?b=1"}]},"anomalies":{},"infos":{"target":"https://a.example.com/"}}';
    const { results, rejected } = await readAll(wapiti, report);
    expect(results).toHaveLength(1);
    expect(rejected).toEqual(["vulnerabilities.X[0], line 1: an entry must be an object", "vulnerabilities.X[1], line 1: its level is none of 0 to 4"]);
  });

  it("say that a scan which was aborted saw nothing, so that it closes nothing", async () => {
    const { parts } = await readAll(wpscan, '{"banner":{},"target_url":"https://a.example.com/","scan_aborted":"The remote website is up, but does not seem to be running WordPress."}');
    expect(parts[0]).toMatchObject({ failed: true });
    expect(await faultOf(wpscan, '{"interesting_findings":[]}')).toContain("no `target_url`");
  });
});

describe("Burp", () => {
  const issues = (issue: string, before = ""): string => `${before}<issues burpVersion="1" exportTime="x"><issue><name>N</name><host>https://a.example.com</host><severity>Low</severity>${issue}</issue></issues>`;

  it("keeps what a server answered as text, also when it is base64 of no text at all", async () => {
    const { results } = await readAll(burp, issues('<requestresponse><response base64="true">/wD+PHNjcmlwdD4=</response></requestresponse>'));
    expect(results[0]?.observation).toBe("\ufffd\ufffd<script>");
  });

  it("tells parameters of one path apart, and knows them again with other values", async () => {
    const at = async (path: string, location: string): Promise<string | undefined> => (await readAll(burp, issues(`<path>${path}</path><location>${location}</location>`))).results[0]?.fingerprint;
    expect(await at("/a", "/a [q parameter]")).not.toBe(await at("/a", "/a [r parameter]"));
    expect(await at("/a?x=1", "/a [q parameter]")).toBe(await at("/a?x=2", "/a [q parameter]"));
  });

  it.each([
    ["a DOCTYPE with an entity", issues("<path>&x;</path>", '<!DOCTYPE issues [<!ENTITY x "y">]>'), "DOCTYPE"],
    ["a DOCTYPE with a parameter entity", issues("", '<!DOCTYPE issues [<!ELEMENT a (b)> %x;]>'), "DOCTYPE"],
    ["XML of another tool", "<issues/>", "no burpVersion"],
    ["a page of something else", "<html><body></body></html>", "no report of Burp Suite DAST"],
    ["a page that breaks off", '<html><title>Scan Remediation Report</title><div class="issue-container">', "cut short"],
  ])("refuses %s", async (_, content, message) => {
    expect(await faultOf(burp, content)).toContain(message);
  });
});
