import { WARNING_SHARE } from "@/lib/domain/sla/state";

/** What a queue is narrowed by, and the same in SQL written by hand. `now()` stands for the moment that both sides count from. */
export type Narrowed = { name: string; asked: Readonly<Record<string, string>>; where: string };

const assets = (condition: string) => `f.asset_id IN (SELECT id FROM asset WHERE environment_id = 1 AND ${condition})`;

/** What people ask most. */
const USUAL: readonly Narrowed[] = [
  { name: "severity", asked: { severity: "critical,high" }, where: "f.calibrated IN ('critical', 'high')" },
  { name: "kev", asked: { is: "kev" }, where: "f.kev" },
  { name: "overdue", asked: { is: "overdue" }, where: "f.next_due < now()" },
  { name: "due in a day", asked: { due: "<24h" }, where: "f.next_due < now() + interval '1 day'" },
  { name: "of a person", asked: { assignee: "person-3@bench.test" }, where: "f.assignee_id = (SELECT id FROM person WHERE email = 'person-3@bench.test')" },
  { name: "nobody's", asked: { assignee: "none" }, where: "f.assignee_id IS NULL" },
  { name: "a tag", asked: { tag: "t5" }, where: "f.tags <> '{}' AND f.tags && '{t5}'" },
  { name: "an asset", asked: { asset: "10.0.0.1" }, where: "f.asset_id = (SELECT id FROM asset WHERE environment_id = 1 AND name = '10.0.0.1')" },
  { name: "a network", asked: { asset: "10.*.1.*" }, where: assets("name LIKE '10.%.1.%'") },
  { name: "a check", asked: { rule: "900100" }, where: "f.rule_id IN (SELECT id FROM rule WHERE environment_id = 1 AND key = '900100')" },
  { name: "a type", asked: { category: "ssl" }, where: "f.category = 'ssl'" },
  { name: "a year old", asked: { added: ">365d" }, where: "f.added_on < now() - interval '365 days'" },
  { name: "new", asked: { is: "new" }, where: "f.scanner_status = 'new'" },
  { name: "a vulnerability", asked: { cve: "CVE-2019-10004" }, where: "f.cve && '{CVE-2019-10004}'" },
  { name: "critical, KEV, nobody's", asked: { severity: "critical", is: "kev", assignee: "none" }, where: "f.calibrated = 'critical' AND f.kev AND f.assignee_id IS NULL" },
  { name: "not KEV, or overdue", asked: { q: "-is:kev OR is:overdue" }, where: "(NOT f.kev OR f.next_due < now())" },
];

const RUNS = "f.response IN ('needs_review', 'investigating') AND f.sla_paused_at IS NULL";
const PASSED = "(f.resolve_by < now() OR (f.first_response_at IS NULL AND f.acknowledge_by < now()))";
const near = (due: string) => `(${due} >= now() AND (${due} <= f.sla_started_at OR now() - f.sla_started_at >= (${due} - f.sla_started_at) * ${WARNING_SHARE}))`;

/** Everything that may have a state of its own: secrets, brands, the dark web. */
const STATEFUL = `f.category LIKE ANY ('{Secret%,secret%,Leaked API%,Leaked key%,Leaked token%,gitleaks,Phishing%,phishing%,Domain squat%,domain squat%,Typosquat%,typosquat%,S3 bucket%,S3 Bucket%,Public bucket%,
Open bucket%,Brand%,brand%,Impersonat%,Data breach%,data breach%,Data Breach%,Dark web%,dark web%,Dark Web%,Credit card%,Credit Card%,credit card%,Leaked credential%,leaked credential%,Breach%}')`;

const TLS = `(f.category LIKE ANY ('{TLS%,SSL%,tls%,ssl%}') OR f.detector_id IN (SELECT id FROM detector WHERE environment_id = 1 AND name IN ('testssl', 'sslscan', 'sslyze'))
  OR f.rule_id IN (SELECT id FROM rule WHERE environment_id = 1 AND (key LIKE ANY ('{SSL %,TLS %,SSL/TLS%}') OR name LIKE ANY ('{SSL %,TLS %,SSL/TLS%}'))))`;

/** What the second scan changed, and what it saw again: known before, not lost by any scan up to it, in what it covered as the newest. */
const by = (kinds: string) => `f.id IN (SELECT finding_id FROM scan_change WHERE scan_id = 2 AND kind IN (${kinds}))`;
const AGAIN = `NOT f.suppressed AND f.scope_id IN (SELECT scope_id FROM scan_scope WHERE scan_id = 2 AND covering AND newest) AND EXISTS (SELECT FROM scan_scope p WHERE p.scan_id = 2 AND p.scope_id = f.scope_id AND p.covering AND p.newest AND f.added_on < p.taken_at
  AND NOT EXISTS (SELECT FROM scan_change c WHERE c.finding_id = f.id AND c.scan_id = 2 AND c.kind IN ('new', 'refound', 'unseen'))
  AND coalesce((SELECT c.kind FROM scan_change c WHERE c.finding_id = f.id AND c.at < p.taken_at AND c.kind IN ('new', 'refound', 'unseen') ORDER BY c.at DESC, c.id DESC LIMIT 1), 'new') <> 'unseen')`;

/** What costs most to answer: computed states, ranges, what stands in other tables, modules. */
const DEAR: readonly Narrowed[] = [
  { name: "past its date", asked: { sla: "overdue" }, where: `((${RUNS} AND ${PASSED}) OR (f.response IN ('needs_review', 'investigating') AND f.sla_paused_at > f.resolve_by))` },
  { name: "soon past its date", asked: { sla: "warning" }, where: `${RUNS} AND ${PASSED} IS NOT TRUE AND (${near("f.resolve_by")} OR (f.first_response_at IS NULL AND ${near("f.acknowledge_by")}))` },
  { name: "of an owner", asked: { owner: "Head of Web" }, where: assets("owner = 'Head of Web'") },
  { name: "of a team", asked: { team: "Team 4" }, where: assets("team = 'Team 4'") },
  { name: "of no team", asked: { team: "none" }, where: assets("team IS NULL") },
  { name: "on the internet", asked: { exposure: "internet" }, where: assets("exposure = 'internet'") },
  { name: "likely exploited", asked: { epss: ">=0.5" }, where: "f.epss >= 0.5" },
  { name: "a range of scores", asked: { cvss: "4..6.9" }, where: "f.cvss_score BETWEEN 4 AND 6.9" },
  { name: "ports", asked: { port: "22,80,443" }, where: "f.port IN (22, 80, 443)" },
  { name: "high ports", asked: { port: ">=200" }, where: "f.port >= 200" },
  { name: "resolved without proof", asked: { is: "administrative" }, where: "f.governance_status = 'resolved' AND f.verification NOT IN ('verified', 'attested') AND coalesce(f.close_reason NOT IN ('duplicate', 'decommissioned'), true)" },
  { name: "with an open ticket", asked: { is: "ticketed" }, where: "f.id IN (SELECT finding_id FROM ticket_finding WHERE is_open)" },
  { name: "that asks for approval", asked: { is: "requested" }, where: "f.id IN (SELECT finding_id FROM acceptance_request WHERE environment_id = 1 AND outcome IS NULL)" },
  { name: "of a ticket", asked: { ticket: "17" }, where: "f.id IN (SELECT x.finding_id FROM ticket t JOIN ticket_finding x ON x.ticket_id = t.id WHERE t.environment_id = 1 AND t.number = 17 AND x.unlinked_at IS NULL)" },
  { name: "of any ticket", asked: { ticket: ">=1" }, where: "f.id IN (SELECT finding_id FROM ticket_finding WHERE environment_id = 1 AND unlinked_at IS NULL)" },
  { name: "new by a scan", asked: { q: "scan:2/new" }, where: by("'new'") },
  { name: "seen again by a scan", asked: { q: "scan:2/persisting" }, where: `(${by("'history'")} OR (${AGAIN}))` },
  { name: "the module of TLS", asked: { module: "tls" }, where: TLS },
  { name: "the module of vulnerabilities", asked: { module: "vulnerabilities" }, where: "f.cve <> '{}'" },
  { name: "what nobody has said a state of", asked: { state: "none" }, where: `f.module_state IS NULL AND ${STATEFUL}` },
  { name: "a key that still works", asked: { state: "live" }, where: "f.module_state = 'live'" },
  { name: "an acceptance that ends soon", asked: { expires: "<30d" }, where: "f.accepted_until < now() + interval '30 days'" },
  { name: "decided long ago", asked: { decided: ">365d" }, where: "f.decided_at < now() - interval '365 days'" },
];

export const FILTERS: readonly Narrowed[] = [...USUAL, ...DEAR];
