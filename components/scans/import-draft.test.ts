import { expect, test } from "vitest";
import { scanOptions, scanRequest } from "@/lib/domain/scan/input";
import { emptyDraft, sentAs, type Draft } from "./import-draft";

const draft = (part: Partial<Draft> = {}): Draft => ({ ...emptyDraft({ mode: "apply" }), ...part });

test("who says nothing of the scope leaves it open: a format that cannot prove its end counts as partial then", () => {
  expect(sentAs(draft(), "a.csv").has("scope")).toBe(false);
  expect(Object.fromEntries(sentAs(draft({ scope: "full" }), "a.csv"))).toEqual({ name: "a.csv", format: "auto", scope: "full", apply: "now" });
});

test("what was typed and then taken back is not sent: paths of a scan that is full again, a note without its switch, an empty asset that takes all", () => {
  const sent = sentAs(draft({ scope: "full", paths: "src", note: "old", asset: "  ", assetTakesAll: true, then: "preview" }), "a.json");
  expect(Object.fromEntries(sent)).toEqual({ name: "a.json", format: "auto", scope: "full", dry_run: "true" });
});

test("the door takes all of it", () => {
  const all = draft({ scope: "partial", rules: "r1, r2", findings: "F-7,8", asset: "web-1", assetTakesAll: true, detector: "mine", unbraked: true, note: "Moved.", mapping: { mapping: { title: "What we saw" } }, format: "generic-csv" });
  const { asset_override, ...words } = Object.fromEntries(sentAs(all, "a.csv"));
  const asked = scanRequest(5, { ...words, format: words.format ?? "auto", asset_override: asset_override === "true", scope: "partial", apply: "now", brake: "off" });
  expect(scanOptions.parse(asked.options)).toMatchObject({ scope_rules: ["r1", "r2"], scope_findings: [7, 8], asset: "web-1", asset_override: true, brake: "off", note: "Moved.", mapping: { title: "What we saw" } });
});
