export const DENSITIES = ["comfortable", "compact"] as const;
export type Density = (typeof DENSITIES)[number];

/** The columns of the queue that may be chosen, with their names. Selection, detection, severity and title stand before them and stay. */
export const COLUMNS = {
  number: "Number",
  response: "Response",
  governance: "Status in detail",
  reason: "Reason",
  verification: "Verification",
  route: "Route",
  location: "Location",
  component: "Component",
  category: "Type",
  asset: "Asset",
  port: "Port",
  detector: "Detector",
  rule: "Rule",
  cve: "CVE",
  cwe: "CWE",
  cvss: "CVSS",
  epss: "EPSS",
  technical: "Scanner's severity",
  effective: "Effective severity",
  tags: "Tags",
  assignee: "Assignee",
  age: "Age",
  seen: "Last seen",
  decided: "Decided",
  expires: "Accepted until",
  sla: "SLA",
  due: "Due",
} as const;
export type ColumnId = keyof typeof COLUMNS;

export function isColumn(id: string): id is ColumnId {
  return Object.hasOwn(COLUMNS, id);
}

export const COLUMN_IDS: readonly ColumnId[] = Object.keys(COLUMNS).filter(isColumn);

/** Which columns a queue shows, in their order, and how tall its rows are. */
export type Layout = { columns: readonly ColumnId[]; density: Density };

/** As everybody begins. */
export const STANDARD_LAYOUT: Layout = { columns: ["response", "asset", "detector", "assignee", "age", "due"], density: "comfortable" };

/** A layout as it is stored; columns that a later or an earlier version knows are left out. Null where there is none. */
export function readLayout(stored: readonly string[] | null, density: Density | null): Layout | null {
  return stored && density ? { columns: stored.filter(isColumn), density } : null;
}

export function isSameLayout(one: Layout, other: Layout): boolean {
  return one.density === other.density && one.columns.join() === other.columns.join();
}
