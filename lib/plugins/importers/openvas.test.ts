import { describe, expect, it } from "vitest";
import { openvas } from "./openvas";
import { openvasCsv } from "./openvas-csv";
import { faultOf, readAll } from "./samples/reading-samples";

const reportOf = (inside: string, status = "Done"): string => `<report id="a"><report id="b"><scan_run_status>${status}</scan_run_status>${inside}</report></report>`;
const result = (inside = ""): string => `<result><host>h</host><port>443/tcp</port><nvt oid="1.2"><name>n</name></nvt><severity>7.5</severity>${inside}</result>`;

describe("OpenVAS", () => {
  it("knows a weakness of the XML again when the next report comes as CSV", async () => {
    const [xml] = (await readAll(openvas, reportOf(`<results>${result()}</results>`))).results;
    const [csv] = (await readAll(openvasCsv, "IP,Port,Port Protocol,CVSS,Severity,NVT Name,NVT OID\nh,443,tcp,7.5,High,n,1.2\n")).results;
    expect(csv?.fingerprint).toBe(xml?.fingerprint);
  });

  it.each(["Running", "Stopped", "Interrupted", "Requested"])("covers nothing when the scan is %s", async (status) => {
    expect((await readAll(openvas, reportOf("<results/>", status))).parts).toMatchObject([{ failed: true }]);
  });

  it.each([
    ["the first hundred of 532", '<results start="1" max="100">', "<result_count>700<full>700</full><filtered>532</filtered></result_count>", false],
    ["the last page", '<results start="501" max="100">', "", false],
    ["as many as a page may hold, counted by nobody", '<results start="1" max="1">', "", false],
    ["as many as a page may hold, and no more there are", '<results start="1" max="1">', "<result_count>9<full>9</full><filtered>1</filtered></result_count>", undefined],
    ["fewer than a page may hold", '<results start="1" max="100">', "", undefined],
    ["pages ignored, and more than was counted", '<results start="1" max="-1">', "<result_count>0<full>0</full><filtered>0</filtered></result_count>", undefined],
  ])("closes nothing by a page of a report: %s", async (_, results, count, proves) => {
    expect((await readAll(openvas, reportOf(`${results}${result()}</results>${count}`))).parts[0]?.provesItsEnd).toBe(proves);
  });

  it("does not take a result that lies in a result for one of its own", async () => {
    const nested = result("<notes><note><result><host>x</host><nvt oid=\"9\"/></result></note></notes>");
    expect((await readAll(openvas, reportOf(`<results>${nested}</results>`))).results).toHaveLength(1);
  });

  it.each([
    ["a report of something else", '<report type="security"><vulnerabilities/></report>', "holds no results"],
    ["a DOCTYPE", `<!DOCTYPE report [<!ENTITY a "b">]>${reportOf("<results/>")}`, "DOCTYPE"],
    ["a cut", reportOf(`<results>${result()}</results>`).slice(0, -9), "unclosed tag"],
  ])("refuses %s", async (_, text, message) => {
    expect(await faultOf(openvas, text)).toContain(message);
  });
});
