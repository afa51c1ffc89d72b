import { z } from "zod";
import { instant } from "@/lib/domain/finding/input";
import { columnMapping } from "@/lib/domain/scan/mapping";

const name = z.string().trim().min(1).max(300);
const flag = z.union([z.boolean(), z.stringbool()]);

/** What the sender of a report says about it; the same words in the address of a call, on the command line and on the screen. */
export const scanOptions = z.object({
  format: z.string().regex(/^[a-z0-9-]{1,40}$/).default("auto"),
  detector: name.optional(),
  asset: name.optional(),
  /** The named asset takes all results, also those that carry a host of their own. */
  asset_override: flag.default(false),
  /** Left open, it is full, but for formats that look whole wherever they were cut. */
  scope: z.enum(["full", "partial"]).optional(),
  scope_rules: z.array(z.string().min(1).max(300)).max(10_000).default([]),
  scope_paths: z.array(z.string().min(1).max(2_000)).max(10_000).default([]),
  scope_findings: z.array(z.number().int().positive().max(2_147_483_647)).max(10_000).default([]),
  /** When the report was taken: counts where it says nothing of that itself. A day is its beginning, in UTC. */
  taken_at: z.union([instant, z.date()]).optional(),
  /** Stops at the preview, whatever the policy says; `apply: "now"` does not, whatever the policy says. */
  dry_run: flag.default(false),
  apply: z.literal("now").optional(),
  /** Only managers may switch the brake off, with a note that says why. */
  brake: z.enum(["on", "off"]).default("on"),
  note: z.string().trim().min(1).max(2_000).optional(),
  /** How the columns of a generic table are read: a mapping, or the name of a saved one. */
  mapping: z.union([columnMapping, z.string().trim().min(1).max(200)]).optional(),
}).refine(({ asset, asset_override }) => !asset_override || asset !== undefined, { path: ["asset"], message: "Name the asset that takes all results." })
  .refine(({ scope, scope_rules, scope_paths, scope_findings }) => scope === "partial" || scope_rules.length + scope_paths.length + scope_findings.length === 0, {
    path: ["scope"], message: "Only a partial scan declares rules, paths or findings.",
  }).refine(({ dry_run, apply }) => !dry_run || apply === undefined, { path: ["apply"], message: "Either it stops at the preview or it is applied now." });

export type ScanRequest = z.output<typeof scanOptions>;

type Asked = {
  format: string;
  detector?: string | undefined;
  asset?: string | undefined;
  asset_override?: boolean;
  scope?: "full" | "partial" | undefined;
  rules?: string | undefined;
  paths?: string | undefined;
  findings?: string | undefined;
  taken_at?: string | undefined;
  dry_run?: boolean;
  apply?: "now" | undefined;
  brake?: "on" | "off" | undefined;
  note?: string | undefined;
  mapping?: string | undefined;
  filename?: string | undefined;
};

const listed = (text: string | undefined) => (text ?? "").split(",").map((word) => word.trim()).filter((word) => word !== "");

/** A mapping as JSON, or the name of a saved one. What looks like JSON and is none is left as it is: the schema says so. */
function mappingOf(text: string | undefined): unknown {
  if (text === undefined || !text.trimStart().startsWith("{")) return text;
  try {
    return JSON.parse(text);
  } catch {
    return { fault: "this is not JSON" };
  }
}

/** The request of a scan from the words of an address; lists are separated by commas, findings may be written F-42. */
export function scanRequest(environment: number, asked: Asked) {
  const { format, detector, asset, asset_override, scope, taken_at, dry_run, apply, brake, note } = asked;
  const findings = listed(asked.findings).map((word) => Number(word.replace(/^F-/i, "")));
  const declared = { scope_rules: listed(asked.rules), scope_paths: listed(asked.paths), scope_findings: findings };
  return { environment, name: asked.filename || undefined, options: { format, detector, asset, asset_override, scope, taken_at, dry_run, apply, brake, note, mapping: mappingOf(asked.mapping), ...declared } };
}
