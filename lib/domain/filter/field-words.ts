import type { FieldName } from "./fields";

export type FieldWords = {
  /** One line for whoever types it. */
  readonly does: string;
  readonly examples: readonly string[];
};

/** What each field is in words. Reading a filter needs none of them: only completion and help load this. */
export const FIELD_WORDS: Readonly<Record<FieldName, FieldWords>> = {
  severity: { does: "Severity as the team calibrated it", examples: ["severity:high,critical"] },
  response: { does: "What people decided; old labels are understood", examples: ["response:investigating", 'response in ("To Be Closed", "None")'] },
  scanner: { does: "Is it still detected: new, open or closed", examples: ["scanner:new,open"] },
  governance: { does: "The decision in full detail", examples: ["governance:reopened"] },
  is: { does: "A property; several add up", examples: ["is:kev", "-is:verified"] },
  asset: { does: "The asset's own name; * stands for anything", examples: ["asset:web-3", "asset:api.*"] },
  host: { does: "The same, and the other names and addresses that reports gave it", examples: ["host:web-3.example.com", "ip:10.0.*"] },
  assignee: { does: "me, none, an e-mail or a name", examples: ["assignee:me", "assignee:none"] },
  tag: { does: "A tag that people gave, or that of the response", examples: ["tag:pci", "-tag:*", "tag:response:closed"] },
  detector: { does: "The tool that observes it", examples: ["detector:trivy"] },
  rule: { does: "Key or name of the check that fired", examples: ["rule:sqli-*"] },
  category: { does: "Type of the finding", examples: ['type:"Web Application"'] },
  cve: { does: "A vulnerability by its CVE", examples: ["cve:CVE-2021-44228", "cve:CVE-2024-*"] },
  ghsa: { does: "An advisory by its GHSA", examples: ["ghsa:GHSA-jfh8-c2jp-5v3q"] },
  cwe: { does: "A weakness by its CWE", examples: ["cwe:79", "cwe:CWE-89"] },
  cvss: { does: "CVSS score of the report, 0 to 10", examples: ["cvss:>=7", "cvss:4..6.9"] },
  epss: { does: "Likelihood of exploitation, 0 to 1", examples: ["epss:>0.5", "epss:>50%"] },
  kev: { does: "Is it known to be exploited", examples: ["kev:true"] },
  package: { does: "The package, without its version", examples: ["package:openssl"] },
  component: { does: "The component as the report names it", examples: ["component:openssl*"] },
  port: { does: "Network port", examples: ["port:443,8443", "port:8000..8100"] },
  technical: { does: "Severity as the scanner says it", examples: ["technical:critical"] },
  effective: { does: "Severity after the decision", examples: ["effective:info"] },
  added: { does: "First seen: how long ago, or on which days", examples: ["age:>30d", "added:2026-11-01..2026-11-21"] },
  seen: { does: "Last seen by a scan", examples: ["seen:<7d"] },
  due: { does: "The next clock runs out", examples: ["due:<24h"] },
  sla: { does: "Where the clocks stand", examples: ["sla:overdue,warning"] },
  decided: { does: "Last decided", examples: ["decided:<7d"] },
  expires: { does: "An acceptance ends", examples: ["expires:<14d"] },
  follow_up: { does: "A vendor is asked again", examples: ["follow_up:<7d"] },
  reason: { does: "Why it was closed", examples: ["reason:patched,mitigated"] },
  verification: { does: "What is known of the fix", examples: ["verification:pending"] },
  exposure: { does: "Who can reach the asset", examples: ["exposure:internet"] },
  sensitivity: { does: "What the asset's data is worth", examples: ["sensitivity:restricted"] },
  owner: { does: "The role that answers for the asset; none: nobody", examples: ["owner:none"] },
  team: { does: "The team behind the asset; none: none", examples: ["team:Platform"] },
  kind: { does: "Kind of the asset", examples: ["kind:container"] },
  module: { does: "A module: a view over types of findings", examples: ["module:web"] },
  route: { does: "How its work is handed over; none: nobody has said", examples: ["route:sprint_batch", "route:none"] },
  state: { does: "What its module says of it beside the response; none: could, and nobody has", examples: ["state:offline", "state:none"] },
  scan: { does: "What one scan saw or changed", examples: ["scan:12", "scan:12/regressed"] },
  change: { does: "What that scan did, beside scan:", examples: ["scan:12 change:new"] },
  ticket: { does: "On the ticket of this number", examples: ["ticket:T-12"] },
  number: { does: "Findings by number", examples: ["number:42", "number:100..200"] },
  text: { does: "Title, location, asset, rule or identifier holds this", examples: ["log4j", '"sql injection"'] },
  tab: { does: "The tab", examples: ["tab:all"] },
  sort: { does: "The order; - turns it round", examples: ["sort:due"] },
};
