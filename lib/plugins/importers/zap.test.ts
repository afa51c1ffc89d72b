import { describe, expect, it } from "vitest";
import { faultOf, readAll } from "./samples/reading-samples";
import { zap } from "./zap";

const xml = (alerts: string, before = ""): string => `${before}<OWASPZAPReport version="2.7" generated="Fr., 30 Sep. 2022 08:40:35"><site name="HTTP://Shop.Example.com:80"><alerts>${alerts}</alerts></site></OWASPZAPReport>`;
const alert = (more: string): string => `<alertitem><pluginid>1</pluginid><alert>a</alert><riskcode>1</riskcode>${more}</alertitem>`;

describe("ZAP", () => {
  it("knows an alert again when other places, another parameter's value and another confidence come with it", async () => {
    const before = await readAll(zap, xml(alert("<confidence>1</confidence><instances><instance><uri>http://shop.example.com/a?x=1</uri></instance></instances>")));
    const after = await readAll(zap, xml(alert("<confidence>3</confidence><instances><instance><uri>http://shop.example.com/b</uri></instance></instances>")));
    expect(after.results[0]?.fingerprint).toBe(before.results[0]?.fingerprint);
    expect(before.parts[0]).toMatchObject({ takenAt: new Date("2022-09-30T08:40:35Z"), scannedAssets: [{ name: "http://shop.example.com", kind: "application" }] });
  });

  it("keeps the places of version 2.3 apart, which repeats an alert for each", async () => {
    const bare = (uri: string): string => alert(`<uri>http://shop.example.com${uri}</uri><param>p</param>`);
    const { results } = await readAll(zap, xml(bare("/a?id=1") + bare("/a?id=2") + bare("/b")));
    expect(new Set(results.map((one) => one.fingerprint)).size).toBe(2);
  });

  it("says which alert it cannot use, and reads the others", async () => {
    const { results, rejected } = await readAll(zap, xml(alert("") + "<alertitem><alert>b</alert></alertitem>" + alert("").replace(">1</r", ">9</r")));
    expect(results).toHaveLength(1);
    expect(rejected).toEqual(["<alertitem>, line 1: an alert needs a pluginid and a name", "<alertitem>, line 1: its riskcode is none of 0 to 3"]);
  });

  it.each([
    ["an entity bomb", xml("&b;", '<!DOCTYPE OWASPZAPReport [<!ENTITY b "x">]>'), "DOCTYPE"],
    ["JSON of another tool", '{"site":[]}', "no ZAP report"],
    ["a site that is no list", '{"@version":"2","site":[{"alerts":{}}]}', "A list was expected here"],
  ])("refuses %s", async (_, content, message) => {
    expect(await faultOf(zap, content)).toContain(message);
  });
});
