import type { Act } from "@/lib/domain/access/can";

/** What a token was made for. It may what its role (and its person's) allows and one of its scopes holds: never more than either. */
export const SCOPES = ["read", "decide", "import", "tickets", "manage"] as const;
export type Scope = (typeof SCOPES)[number];

export const SCOPE_WORDS = {
  read: { label: "Read", means: "findings, tickets, assets, scans, the log" },
  decide: { label: "Decide", means: "triage, evidence, acceptances, views, bulk actions" },
  import: { label: "Import", means: "send reports and apply them; nothing is read but scans" },
  tickets: { label: "Tickets", means: "make, close and send tickets, ask for retests" },
  manage: { label: "Manage", means: "assets, policy, connectors, tokens" },
} as const satisfies Record<Scope, { label: string; means: string }>;

/** Act x scope. Whoever may write reads what the answer shows: a step is never done and then refused to be told. */
const SCOPES_OF = {
  "environment.read": SCOPES,
  "finding.read": ["read", "decide", "tickets"],
  "finding.export": ["read"],
  "asset.read": ["read", "decide", "manage"],
  "scan.read": ["read", "import"],
  "ticket.read": ["read", "tickets"],
  "policy.read": ["read", "manage"],
  "member.read": ["read", "decide", "tickets"],
  "notice.read": ["read"],
  "connector.read": ["read", "tickets", "manage"],
  "worker.read": ["read", "manage"],
  "audit.read": ["read"],
  "audit.export": ["read"],
  "audit.verify": ["read"],

  "view.save": ["decide"],
  "view.share": ["decide"],
  "view.manage": ["decide"],
  "finding.bookmark": ["decide"],
  "finding.decide": ["decide"],
  "finding.assign": ["decide"],
  "finding.tag": ["decide"],
  "finding.set_state": ["decide"],
  "finding.route": ["decide"],
  "finding.share": ["decide"],
  "finding.calibrate": ["decide"],
  "finding.evidence": ["decide"],
  "finding.amend": ["decide"],
  "finding.review": ["decide"],
  "finding.revert": ["decide"],
  "finding.revert_any": ["decide"],
  "finding.bulk": ["decide"],
  "finding.bulk_filter": ["decide"],
  "acceptance.approve": ["decide"],

  "scan.import": ["import"],
  "scan.release": ["import"],
  "mapping.manage": ["import"],

  "ticket.write": ["tickets"],
  "retest.request": ["tickets"],
  "delivery.steer": ["tickets"],

  "asset.manage": ["manage"],
  "policy.manage": ["manage"],
  "automation.manage": ["manage"],
  "plan.manage": ["manage"],
  "worker.steer": ["manage"],
  "people.manage": ["manage"],
  "token.manage": ["manage"],
  "token.make": ["manage"],
  "environment.manage": ["manage"],
  "connector.manage": ["manage"],
  "retention.manage": ["manage"],
} as const satisfies Record<Act, readonly Scope[]>;

/** The scopes that hold an act; one at least does. */
export function scopesOf(act: Act): readonly Scope[] {
  return SCOPES_OF[act];
}

/** Does one of these scopes hold the act? */
export function isWithin(scopes: readonly Scope[], act: Act): boolean {
  return scopesOf(act).some((scope) => scopes.includes(scope));
}
