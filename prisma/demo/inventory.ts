import type { AssetChange } from "../../lib/domain/asset/change";
import type { Place } from "./reports";

/** What the demo's manager says about assets whose names begin so. A later line is said after an earlier one. */
export type Said = { place: Place; daysAgo: number; begins: readonly string[]; says: AssetChange; note?: string };

/** Assets that should be scanned and are not, entered by hand. */
export type Entered = { place: Place; daysAgo: number; name: string; says: AssetChange };

const here = (begins: readonly string[], says: AssetChange, daysAgo = 40, note?: string): Said => ({ place: "production", daysAgo, begins, says, ...(note ? { note } : {}) });
const stage = (begins: readonly string[], says: AssetChange): Said => ({ place: "staging", daysAgo: 29, begins, says });

export const SAID: readonly Said[] = [
  here(["web-", "edge-"], { exposure: "internet", sensitivity: "confidential", owner: "Web platform lead", team: "Platform" }),
  here(["vpn.", "mail.", "dns-"], { exposure: "internet", sensitivity: "confidential", owner: "Network lead", team: "Network" }),
  here(["pay-"], { exposure: "partner", sensitivity: "restricted", owner: "Payments lead", team: "Payments" }),
  here(["db-", "files-", "jump-", "queue-"], { exposure: "internal", sensitivity: "restricted", owner: "Infrastructure lead", team: "Platform" }),
  here(["search-", "etl-", "metrics."], { exposure: "internal", sensitivity: "internal", owner: "Data lead", team: "Data" }),
  here(["ci-"], { exposure: "isolated", sensitivity: "confidential", owner: "Build engineer", team: "Platform" }),
  here(["git.acme.test/pay-", "https://git.acme.test/pay-", "acme/pay-"], { exposure: "partner", sensitivity: "restricted", owner: "Payments lead", team: "Payments" }),
  here(["git.acme.test/shop-", "https://git.acme.test/shop-", "acme/shop-", "acme/checkout", "acme/search"], { exposure: "internet", sensitivity: "confidential", owner: "Shop lead", team: "Shop" }),
  here(["git.acme.test/id-", "https://git.acme.test/id-", "acme/login"], { kind: "application", exposure: "internet", sensitivity: "restricted", owner: "Identity lead", team: "Identity" }),
  here(["git.acme.test/data-", "https://git.acme.test/data-", "acme/etl"], { exposure: "internal", sensitivity: "confidential", owner: "Data lead", team: "Data" }),
  here(["wiki."], { exposure: "internal", sensitivity: "internal", team: "Office" }, 33),
  here(["wiki."], { decommissionOn: "2026-12-31" }, 12, "Moves to the hosted wiki by the end of the year."),
  stage(["web-", "edge-"], { exposure: "partner", sensitivity: "internal", owner: "Web platform lead", team: "Platform" }),
  stage(["pay-"], { exposure: "internal", sensitivity: "confidential", owner: "Payments lead", team: "Payments" }),
];

export const ENTERED: readonly Entered[] = [
  { place: "production", daysAgo: 26, name: "erp.acme.test", says: { exposure: "internal", sensitivity: "restricted", owner: "Finance systems lead", team: "Finance" } },
  { place: "production", daysAgo: 26, name: "partners.acme.test", says: { kind: "api", exposure: "partner", sensitivity: "confidential", owner: "Payments lead", team: "Payments" } },
  { place: "production", daysAgo: 26, name: "backup-account", says: { kind: "cloud", exposure: "isolated", sensitivity: "restricted", team: "Platform" } },
];
