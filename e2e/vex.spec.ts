import { prisma } from "@/lib/db/client";
import { hoursAgo, jsonReport } from "./reports";
import { awake, dialog, go, messages, timeline } from "./sight";
import { expect, test } from "./stage";

const packages = [["left-pad", "CVE-2026-1001"], ["lodash", "CVE-2026-1002"], ["minimist", "CVE-2026-1003"]] as const;
const trivy = jsonReport("trivy.json", {
  SchemaVersion: 2, CreatedAt: hoursAgo(3).toISOString(), ArtifactName: "shop", ArtifactType: "filesystem",
  Results: [{
    Target: "package-lock.json", Class: "lang-pkgs", Type: "npm",
    Vulnerabilities: packages.map(([PkgName, VulnerabilityID]) => ({ VulnerabilityID, PkgName, InstalledVersion: "1.0.0", Severity: "HIGH", Title: `Weakness of ${PkgName}` })),
  }],
});
const vex = jsonReport("acme.openvex.json", {
  "@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://acme.example/vex/1", author: "Acme Product Security", timestamp: hoursAgo(2).toISOString(), version: 1,
  statements: [
    ...packages.map(([name, cve]) => ({
      vulnerability: { name: cve }, products: [{ "@id": `pkg:npm/${name}@1.0.0` }], status: "not_affected", justification: "vulnerable_code_not_in_execute_path",
      impact_statement: "<img src=x onerror=alert(1)> is never called.",
    })),
    { vulnerability: { name: "CVE-2026-1001" }, products: [{ "@id": "pkg:npm/left-pad@2.0.0" }], status: "fixed" },
  ],
});

test("a vendor's word is read, applied by one key, seen in the log and taken back; the rest of the document is applied from its scan", async ({ place, as }) => {
  await place.load(trivy);
  const scan = await place.load(vex);
  const { number } = await prisma.finding.findFirstOrThrow({ where: { environmentId: place.number, package: "left-pad" } });
  const page = await go(await as("analyst"), place.address(`findings/${number}`));
  const suggested = page.getByRole("region", { name: "Suggested" });
  await expect(suggested).toContainText(/Acme Product Security states on .* about CVE-2026-1001: not affected, vulnerable code not in execute path\./);
  await expect(suggested).toContainText("<img src=x onerror=alert(1)> is never called.");
  await expect(suggested.getByRole("button", { name: "Apply: false positive" })).toBeVisible();

  await page.keyboard.press("y");
  await expect(messages(page)).toContainText("Suggestion applied, false positive");
  await expect(timeline(page)).toContainText("applied a suggestion");
  await expect(timeline(page).getByText(/Acme Product Security states/)).toHaveCount(1);
  await expect(suggested.getByRole("list", { name: "Settled suggestions" })).toContainText("Applied by");
  await messages(page).getByRole("button", { name: /^Undo/ }).click();
  await expect(timeline(page)).toContainText("took a decision back");

  await go(page, place.address(`scans/${scan}`));
  const listed = page.getByRole("region", { name: "4 statements: 3 matched 3 findings, 1 matched none" });
  await listed.getByRole("button", { name: "Apply all 2 “false positive”…" }).click();
  await expect(dialog(page, "Apply all: false positive")).toContainText("2 suggestions");
  await page.keyboard.press("Control+Enter");
  await expect(messages(page)).toContainText("Applied: 2 suggestions");
  await awake(page);
  await expect(listed.getByText(/^Applied by/)).toHaveCount(3);
  expect(await prisma.finding.count({ where: { environmentId: place.number, governanceStatus: "false_positive" } })).toBe(2);
});
