/** Who may do what inside one environment: the only place that answers. The gate asks it, and so does every button. */

export const ROLES = ["viewer", "analyst", "manager", "auditor", "admin"] as const;
export type Role = (typeof ROLES)[number];

export const ROLE_LABELS = {
  viewer: "Viewer",
  analyst: "Analyst",
  manager: "Manager",
  auditor: "Auditor",
  admin: "Admin",
} as const satisfies Record<Role, string>;

const everyone = ["viewer", "analyst", "manager", "auditor", "admin"] as const;
const analysts = ["analyst", "manager", "admin"] as const;
const managers = ["manager", "admin"] as const;
const admins = ["admin"] as const;
const logReaders = ["manager", "auditor", "admin"] as const;
const settingReaders = ["analyst", "manager", "auditor", "admin"] as const;
const logKeepers = ["auditor", "admin"] as const;

/** Role x act. An act that is not here does not exist; a role that is not listed may not. */
export const ACTS = {
  "environment.read": everyone,
  "finding.read": everyone,
  "finding.export": everyone,
  "asset.read": everyone,
  "scan.read": everyone,
  "ticket.read": everyone,
  "policy.read": everyone,
  "member.read": everyone,
  "view.save": everyone,
  "finding.bookmark": everyone,
  "notice.read": everyone,

  "finding.decide": analysts,
  "finding.assign": analysts,
  "finding.tag": analysts,
  "finding.set_state": analysts,
  "finding.route": analysts,
  "finding.share": analysts,
  "view.share": analysts,
  "finding.calibrate": analysts,
  "finding.evidence": analysts,
  "finding.amend": analysts,
  "finding.review": analysts,
  "finding.revert": analysts,
  "finding.bulk": analysts,
  "scan.import": analysts,
  "mapping.manage": analysts,
  "ticket.write": analysts,
  "retest.request": analysts,
  "delivery.steer": analysts,
  "connector.read": settingReaders,

  "finding.revert_any": managers,
  "finding.bulk_filter": managers,
  "view.manage": managers,
  "scan.release": managers,
  "worker.steer": managers,
  "acceptance.approve": managers,
  "asset.manage": managers,
  "policy.manage": managers,
  "automation.manage": managers,
  "plan.manage": managers,

  "worker.read": logReaders,
  "audit.read": logReaders,
  "audit.export": logKeepers,
  "audit.verify": logKeepers,

  "people.manage": admins,
  "token.manage": admins,
  "token.make": admins,
  "environment.manage": admins,
  "connector.manage": admins,
  "retention.manage": admins,
} as const satisfies Record<string, readonly Role[]>;

export type Act = keyof typeof ACTS;

/** What no token may, whatever its role and whoever stands behind it: why, and who may. */
export const NEVER_BY_TOKEN: Readonly<Partial<Record<Act, { why: string; next: string }>>> = {
  // one that leaked would outlive its own end in those that it made
  "token.make": { why: "A token makes no tokens.", next: "An admin makes them in the settings, signed in; the operator at the command line: docket token create." },
};

/** What both roles may: the lower of the two, or a viewer's where each may what the other may not. */
export function lowerRole(one: Role, other: Role): Role {
  const isWithin = (a: Role, b: Role) => Object.values<readonly Role[]>(ACTS).every((may) => !may.includes(a) || may.includes(b));
  if (isWithin(one, other)) return one;
  return isWithin(other, one) ? other : "viewer";
}

/** May this role do this? `undefined` is somebody without a membership, who may nothing. */
export function can(role: Role | undefined, act: Act): boolean {
  const may: readonly Role[] = ACTS[act];
  return role !== undefined && may.includes(role);
}
