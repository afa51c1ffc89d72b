import { z } from "zod";

const text = z.string().max(4_000).optional();
const flag = z.enum(["true", "false"]).default("false").transform((word) => word === "true");

/** The words of the address that the drop zone sends a report to; the command reads what they mean. */
export const importQuery = z.object({
  name: z.string().max(300).optional(), format: z.string().max(100).default("auto"), scope: z.enum(["full", "partial"]).optional(), asset: text, asset_override: flag, detector: text,
  rules: text, paths: text, findings: text, taken_at: z.string().max(100).optional(), dry_run: flag, apply: z.literal("now").optional(), brake: z.enum(["on", "off"]).optional(), note: text, mapping: z.string().max(30_000).optional(),
});
