import { expect, it } from "vitest";
import { qualys } from "./qualys";
import { qualysCsv } from "./qualys-csv";
import { faultOf, readAll } from "./samples/reading-samples";

const scan = (header: string): string => `<SCAN value="scan/1"><HEADER>${header}</HEADER><IP value="h"><VULNS><CAT value="c" port="80" protocol="tcp"><VULN number="1" severity="3"><TITLE>t</TITLE></VULN></CAT></VULNS></IP></SCAN>`;

it("knows a weakness of the XML again when the next export comes as CSV", async () => {
  const [xml] = (await readAll(qualys, scan(""))).results;
  const [csv] = (await readAll(qualysCsv, "QID,Title,Severity,IP,Port,Protocol\n1,t,3,h,80,TCP\n")).results;
  expect(csv).toMatchObject({ asset: xml?.asset, fingerprint: xml?.fingerprint, severity: xml?.severity });
});

it.each(["CANCELED", "RUNNING", "ERROR"])("covers nothing when the scan is %s", async (status) => {
  expect((await readAll(qualys, scan(`<KEY value="STATUS">${status}</KEY>`))).parts).toMatchObject([{ failed: true }]);
});

it.each([
  ["a DOCTYPE that defines", `<!DOCTYPE SCAN [<!ENTITY a "b">]>${scan("")}`, "DOCTYPE"],
  ["a DOCTYPE of another", `<!DOCTYPE html>${scan("")}`, "DOCTYPE"],
  ["another root", "<WAS_SCAN_REPORT/>", "begins with <WAS_SCAN_REPORT>"],
])("refuses %s", async (_, text, message) => {
  expect(await faultOf(qualys, text)).toContain(message);
});

it("keeps a detection whose check nobody describes", async () => {
  const text = "<ASSET_DATA_REPORT><HOST_LIST><HOST><IP>h</IP><VULN_INFO_LIST><VULN_INFO><QID>9</QID><TYPE>Vuln</TYPE></VULN_INFO></VULN_INFO_LIST></HOST></HOST_LIST></ASSET_DATA_REPORT>";
  expect((await readAll(qualys, text)).results).toMatchObject([{ title: "QID 9", severity: "info", asset: "h" }]);
});
