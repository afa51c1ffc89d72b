import { expect, it } from "vitest";
import { nessus } from "./nessus";
import { nessusCsv } from "./nessus-csv";
import { faultOf, nessusOf, readAll } from "./samples/reading-samples";

it("knows a weakness of the XML again when the next scan comes as CSV", async () => {
  const item = '<ReportItem pluginID="42873" pluginName="SWEET32" port="443" protocol="tcp" severity="2"/>';
  const [xml] = (await readAll(nessus, nessusOf(`<ReportHost name="h">${item}</ReportHost>`))).results;
  const [csv] = (await readAll(nessusCsv, "Plugin ID,Risk,Host,Protocol,Port,Name\r\n42873,Medium,h,TCP,443,SWEET32")).results;
  expect(csv).toMatchObject({ asset: xml?.asset, fingerprint: xml?.fingerprint, severity: xml?.severity, location: xml?.location });
});

it("does not join rows that differ in more than their CVE", async () => {
  const { results } = await readAll(nessusCsv, "Plugin ID,CVE,Risk,Host,Port,Name\n1,CVE-2024-0001,High,h,80,n\n1,CVE-2024-0002,High,h,81,n\n1,CVE-2024-0003,High,h,81,n\n");
  expect(results.map((one) => one.cve)).toEqual([["CVE-2024-0001"], ["CVE-2024-0002", "CVE-2024-0003"]]);
});

it("says which columns another CSV has", async () => {
  expect(await faultOf(nessusCsv, "Plugin,Host\n1,h\n")).toBe("This is no Nessus CSV: these columns were found: Plugin, Host (line 1)");
});
