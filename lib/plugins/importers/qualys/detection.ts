import type { Observed } from "../contract";
import type { Limits } from "../limits";
import { addressesIn, textOfHtml } from "../reading/html-text";
import { observed } from "../reading/observed";
import { line } from "../reading/plain-text";
import { LEVELS, scoreOf } from "../reading/qualys-scores";

/** What Qualys knows about a check, whichever report it stands in. Texts may be HTML. */
export type Check = {
  title: string | null;
  /** 1 to 5. */
  level: string | null;
  category: string | null;
  threat: string | null;
  impact: string | null;
  solution: string | null;
  cvss3: string | null;
  cvss2: string | null;
  names: readonly (string | null)[];
  addresses: readonly (string | null)[];
};

/** One detection of a check on one host. */
export type Detection = {
  host: string | null;
  otherNames: readonly (string | null | undefined)[];
  qid: string | null;
  /** `Vuln`, `Practice` or `Potential`, `Ig` or `Info`. */
  sort: string | null;
  port: string | null;
  protocol: string | null;
  service: string | null;
  status: string | null;
  result: string | null;
  firstSeen: Date | null;
  suppressed: boolean;
};

/** A text is why it cannot be used; null is no finding: what was fixed. Information gathered is informational at every level. */
export function readDetection(detection: Detection, check: Check | null, limits: Limits): Observed | string | null {
  const qid = line(detection.qid, limits.nameChars);
  if (qid === "" || detection.host === null) return "a detection needs a host and a QID";
  if (/^fixed$/i.test(detection.status ?? "")) return null;
  const digits = detection.port ?? "";
  const port = /^\d{1,5}$/.test(digits) && Number(digits) > 0 ? Number(digits) : null;
  const protocol = port === null ? "" : (detection.protocol ?? "").toLowerCase();
  const gathered = /^i/i.test(detection.sort ?? "");
  const { title, level, category, threat, impact, solution } = check ?? NOTHING;
  const service = detection.service === null ? "" : ` (${detection.service})`;
  return observed(
    {
      asset: detection.host,
      assetKind: "host",
      otherNames: detection.otherNames,
      rule: { key: qid, name: title ?? `QID ${qid}`, help: textOfHtml(threat), tags: [category] },
      title: title ?? `QID ${qid}`,
      description: [textOfHtml(threat), headed("Impact", textOfHtml(impact))],
      location: port === null ? "host" : `${String(port)}/${protocol || "tcp"}${service}`,
      identity: ["qualys detection", qid, port, protocol],
      severity: gathered ? "info" : (LEVELS.get(level ?? "") ?? "info"),
      severityWord: level,
      cvss: scoreOf(check?.cvss3 ?? null, "3.1") ?? scoreOf(check?.cvss2 ?? null, "2.0"),
      names: check?.names ?? [],
      category,
      observation: detection.result,
      remediation: textOfHtml(solution),
      references: [...(check?.addresses ?? []), ...addressesIn(solution)],
      firstSeen: detection.firstSeen,
      suppressed: detection.suppressed,
      port,
    },
    limits,
  );
}

const NOTHING: Check = { title: null, level: null, category: null, threat: null, impact: null, solution: null, cvss3: null, cvss2: null, names: [], addresses: [] };

const headed = (name: string, text: string | null): string | null => (text === null ? null : `${name}: ${text}`);
