import { describe, expect, it } from "vitest";
import { nmap } from "./nmap";
import { isWeakSuite } from "./reading/tls-weaknesses";
import { faultOf, readAll } from "./samples/reading-samples";
import { sslscan } from "./sslscan";
import { sslyze } from "./sslyze";
import { testssl } from "./testssl";

describe("Nmap", () => {
  const run = (inside: string, more = ""): string => `<nmaprun start="1714645200">${inside}<runstats><finished time="1714645262" ${more}/></runstats></nmaprun>`;
  const host = (ports: string): string => `<host><status state="up"/><address addr="192.0.2.7" addrtype="ipv4"/><ports>${ports}</ports></host>`;
  const port = (more: string): string => `<port protocol="tcp" portid="22"><state state="open"/>${more}</port>`;

  it("knows an open port again when another version listens on it", async () => {
    const [old, upgraded] = await Promise.all(["8.2", "9.7"].map(async (version) => (await readAll(nmap, run(host(port(`<service name="ssh" product="OpenSSH" version="${version}"/>`))))).results[0]));
    expect(upgraded?.fingerprint).toBe(old?.fingerprint);
    expect([old?.component, upgraded?.component]).toEqual(["OpenSSH 8.2", "OpenSSH 9.7"]);
  });

  it.each([
    ["a ping sweep, which asks no port", "", '<host><status state="up"/><address addr="192.0.2.7" addrtype="ipv4"/></host>'],
    ["a list of names, which asks nothing", "", '<host><status state="unknown"/><address addr="192.0.2.7" addrtype="ipv4"/></host>'],
    ["a host that ran into its time-out", '<scaninfo protocol="tcp" numservices="1000" services="1-1000"/>', '<host timedout="true"><status state="up"/><address addr="192.0.2.7" addrtype="ipv4"/></host>'],
    ["a host that is down", '<scaninfo protocol="tcp" numservices="1000" services="1-1000"/>', '<host><status state="down"/><address addr="192.0.2.7" addrtype="ipv4"/><ports/></host>'],
  ])("has not looked at %s", async (_, info, one) => {
    expect((await readAll(nmap, run(`${info}${one}`))).parts).toMatchObject([{ scannedAssets: [] }]);
  });

  it("says that a run which ended in an error is no scan, and names hosts without an open port", async () => {
    const { parts, results } = await readAll(nmap, run(host('<port protocol="tcp" portid="1"><state state="closed"/></port>'), 'exit="error"'));
    expect(results).toEqual([]);
    expect(parts[0]).toMatchObject({ failed: true, scannedAssets: [{ name: "192.0.2.7", kind: "host" }] });
  });

  it.each<[string, string, { provesItsEnd?: boolean; rules: string[] | null }]>([
    ["without a script it says nothing of what scripts found", "-sV -oX - h", { rules: ["open-port"] }],
    ["scripts by their names are the checks that ran", "--script ssl-heartbleed,http-shellshock h", { rules: ["open-port", "ssl-heartbleed", "http-shellshock"] }],
    ["a category names no checks", "--script vuln h", { rules: null }],
    ["nor does vulners, nor a pattern", "--script=vulners h", { rules: null }],
    ["nor does one of two lists", "--script ssl-heartbleed --script http-* h", { rules: null }],
    ["nor do the scripts of -A", "-A h", { rules: null }],
    ["an argument for scripts is no script", "--script-timeout 5 h", { rules: ["open-port"] }],
  ])("says how far the run looked: %s", async (_, args, told) => {
    expect((await readAll(nmap, run("").replace("<nmaprun ", `<nmaprun args="nmap ${args}" `))).parts).toMatchObject([told]);
  });

  it.each([
    ["-p 22,443-445", '<scaninfo protocol="tcp" numservices="4" services="22,443-445"/>', ["tcp 22-22", "tcp 443-445"]],
    ["the usual thousand is a look at the host too", '<scaninfo protocol="tcp" numservices="1000" services="1-1000"/>', ["tcp 1-1000", "itself 0-0"]],
    ["all ports, and some of UDP", '<scaninfo protocol="tcp" numservices="65535" services="1-65535"/><scaninfo protocol="udp" numservices="1" services="53"/>', ["tcp 1-65535", "udp 53-53", "itself 0-0"]],
    ["UDP alone says nothing of TCP", '<scaninfo protocol="udp" numservices="1000" services="1-1000"/>', ["udp 1-1000"]],
    ["a run without ports, and one of another scanner that does not say which", '<scaninfo type="syn" protocol="tcp"/>', []],
    ["what is no port", '<scaninfo protocol="tcp" services="1-70000,9-8,x,-5,80"/><scaninfo protocol="TCP!" services="1"/>', ["tcp 80-80"]],
  ])("names the ports that were looked at, of all its hosts: %s", async (_, info, told) => {
    const { ports = [] } = (await readAll(nmap, run(info))).parts[0] ?? {};
    expect(ports.map(({ asset, protocol, from, to }) => (asset === null ? `${protocol ?? "itself"} ${String(from)}-${String(to)}` : asset))).toEqual(told);
  });

  it.each([
    ["a script by its name looks at the host through one port", "-p445 --script smb-vuln-ms17-010 h", ["tcp", null]],
    ["a category of them does not say which", "-p445 --script vuln h", ["tcp"]],
    ["nor does a run without one", "-p445 h", ["tcp"]],
  ])("tells a retest of what a script found on no port: %s", async (_, args, told) => {
    const { ports = [] } = (await readAll(nmap, run('<scaninfo protocol="tcp" services="445"/>').replace("<nmaprun ", `<nmaprun args="nmap ${args}" `))).parts[0] ?? {};
    expect(ports?.map(({ protocol }) => protocol)).toEqual(told);
  });

  it("takes a run that names more ports than any may for one that did not complete", async () => {
    const services = Array.from({ length: 65_535 }, (_, one) => String(one + 1)).join(",");
    const { parts } = await readAll(nmap, run(`<scaninfo protocol="tcp" services="${services}"/>`.repeat(8)));
    expect(parts).toMatchObject([{ failed: true, ports: [] }]);
  });

  it("reads the entries of vulners that lack a score, and rejects those without a name", async () => {
    const vulners = '<script id="vulners"><table><table><elem key="id">CVE-2020-1111</elem></table><table><elem key="cvss">5</elem></table></table></script>';
    const { results, rejected } = await readAll(nmap, run(host(port(vulners))));
    expect(results.map(({ title, severity }) => [title, severity])).toEqual([["Open port 22/tcp", "info"], ["CVE-2020-1111", "info"]]);
    expect(rejected).toEqual(["<port>, line 1: an entry of vulners needs an id"]);
  });

  it.each([
    ["entities", `<!DOCTYPE nmaprun [<!ENTITY a "b">]>${run("")}`, "DOCTYPE"],
    ["the DOCTYPE of something else", `<!DOCTYPE html>${run("")}`, "DOCTYPE"],
    ["another root", "<nmap/>", "begins with <nmap>"],
    ["a host that would fill the memory", run(`<host>${'<x a="1"/>'.repeat(100_000)}`), "larger than allowed"],
  ])("refuses %s", async (_, content, message) => {
    expect(await faultOf(nmap, content)).toContain(message);
  });
});

describe("scanners of TLS", () => {
  it.each([
    ["TLS_AES_128_GCM_SHA256", false],
    ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", false],
    ["ECDHE-ECDSA-CHACHA20-POLY1305", false],
    ["TLS_RSA_WITH_AES_256_GCM_SHA384", true],
    ["TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA", true],
    ["TLS_ECDH_anon_WITH_AES_128_CBC_SHA", true],
    ["ECDHE-RSA-AES256-SHA", true],
    ["EXP-RC4-MD5", true],
  ])("call %s weak: %s", (suite, weak) => {
    expect(isWeakSuite(suite)).toBe(weak);
  });

  it("read every generation of SSLyze's JSON to the same findings", async () => {
    const where = '"server_info":{"hostname":"a.example.com","port":443,"server_location":{"hostname":"a.example.com","port":443}}';
    const bleeds = '{"is_vulnerable_to_heartbleed":true}';
    const reports = [
      `{"server_scan_results":[{"server_location":{"hostname":"a.example.com","port":443},"scan_result":{"heartbleed":{"result":${bleeds}}}}]}`,
      `{"server_scan_results":[{${where},"scan_commands_results":{"heartbleed":${bleeds}}}]}`,
      `{"accepted_targets":[{${where},"commands_results":{"heartbleed":${bleeds}}}]}`,
    ];
    const read = await Promise.all(reports.map(async (report) => (await readAll(sslyze, report)).results));
    expect(read[0]).toMatchObject([{ title: "OpenSSL Heartbleed", asset: "a.example.com", port: 443, cve: ["CVE-2014-0160"] }]);
    expect(read[1]).toEqual(read[0]);
    expect(read[2]).toEqual(read[0]);
  });

  it("count a cipher suite only where the server takes it", async () => {
    const cipher = (status: string): string => `<cipher status="${status}" sslversion="TLSv1.2" cipher="RC4-SHA" strength="weak"/>`;
    const { results } = await readAll(sslscan, `<document title="SSLScan Results"><ssltest host="a" port="443">${cipher("rejected")}${cipher("accepted")}</ssltest></document>`);
    expect(results).toHaveLength(1);
  });

  it("look at one port of a host and say nothing of its others", async () => {
    const test = (port: number): string => `<ssltest host="a" port="${String(port)}"></ssltest>`;
    const port = (from: number | null, asset = "a") => ({ asset, protocol: from === null ? null : "tcp", from: from ?? 0, to: from ?? 0 });
    expect((await readAll(sslscan, `<document title="SSLScan Results">${test(465)}${test(465)}</document>`)).parts).toMatchObject([{ scannedAssets: [{ name: "a" }], ports: [port(465)] }]);
    expect(await faultOf(sslscan, `<document title="SSLScan Results">${test(465)}${test(70_000)}</document>`)).toContain("its port is none of 1 to 65535");
    const flat = (more: object) => ({ id: "TLS1", ip: "a/192.0.2.1", port: "443", severity: "OK", finding: "not offered", ...more });
    expect((await readAll(testssl, JSON.stringify([flat({}), flat({ port: "25" }), flat({ port: "" })]))).parts[0]?.ports).toEqual([port(443), port(25), port(null)]);
    expect((await readAll(testssl, "id,fqdn/ip,port,severity,finding,cve,cwe\nTLS1,b/1,443,OK,x,,\n")).parts[0]?.ports).toEqual([port(443, "b")]);
  });

  it.each<[string, string, number[]]>([
    ["that answered to every command", '"scan_status":"COMPLETED","scan_result":{"heartbleed":{"status":"COMPLETED","result":{"is_vulnerable_to_heartbleed":true}}}', [443]],
    ["of which a command failed", '"scan_status":"COMPLETED","scan_result":{"robot":{"status":"ERROR","result":null},"heartbleed":{"status":"COMPLETED","result":{"is_vulnerable_to_heartbleed":true}}}', []],
    ["of which one failed in version 4", '"scan_commands_errors":{"robot":{"reason":"BUG_IN_SSLYZE"}},"scan_commands_results":{"heartbleed":{"is_vulnerable_to_heartbleed":true}}', []],
    ["of which one failed in version 2", '"commands_results":{"robot":{"error_message":"timed out"},"heartbleed":{"is_vulnerable_to_heartbleed":true}}', []],
    ["that could not be reached", '"scan_status":"ERROR_NO_CONNECTIVITY","scan_result":null', []],
  ])("look at the port of a server %s", async (_, told, ports) => {
    const { parts } = await readAll(sslyze, `{"server_scan_results":[{"server_location":{"hostname":"a.example.com","port":443},${told}}]}`);
    expect(parts[0]?.ports?.map(({ from }) => from)).toEqual(ports);
  });

  it("look at no server of SSLyze's XML of which a command failed", async () => {
    const target = (certinfo: string): string => `<document title="SSLyze Scan Results" SSLyzeVersion="1.4"><results><target host="a" port="443"><certinfo ${certinfo}></certinfo></target></results></document>`;
    expect((await readAll(sslyze, target('title="Certificate"'))).parts[0]?.ports).toHaveLength(1);
    expect((await readAll(sslyze, target('exception="TimeoutError - timed out"'))).parts[0]?.ports).toEqual([]);
  });

  it("read a line of testssl whatever comes before or behind it", async () => {
    const { results, rejected, parts } = await readAll(testssl, 'id,fqdn/ip,port,severity,finding,cve,cwe\nTLS1,a/1,443,LOW,x,,\nTLS1,a/1,443,SEVERE?,x,,\nshort,a/1\nscanProblem,a/1,443,FATAL,gone,,\n');
    expect(results.map((one) => one.title)).toEqual(["TLS1: x", "scanProblem: gone"]);
    expect(rejected).toHaveLength(2);
    expect(parts[0]).toMatchObject({ failed: true, scannedAssets: [{ name: "a", kind: "host" }] });
    expect(await faultOf(testssl, "[]")).toContain("no testssl report");
  });
});
