import { expect, test } from "vitest";
import { calibrate } from "@/lib/commands/findings/calibrate";
import { respond } from "@/lib/commands/findings/respond";
import { revert } from "@/lib/commands/findings/revert";
import { loadFeed } from "@/lib/commands/feeds/load";
import { operatorActor } from "@/lib/gate/actor";
import { loadFinding } from "@/lib/queries/finding-page";
import { done } from "@/lib/testing/done";
import { changePolicy, makeEnvironment, makeFinding, makeFindings, makeMember, makeScope } from "@/lib/testing/make";

test("how the team decided on the same rule is told with how often and who last; another rule and another environment say nothing", async () => {
  const environment = await makeEnvironment();
  const [ann, bob] = [await makeMember(environment, "analyst", "Ann"), await makeMember(environment, "analyst", "Bob")];
  const scope = await makeScope(environment);
  const here = await makeFinding(scope, { rule: "sqli" });
  const others = await makeFindings(await makeScope(environment, { detector: scope.detector }), 3, { rule: "sqli" });
  await makeFindings(scope, 2, { rule: "xss" });
  await makeFindings(scope, 1, { rule: "sqli" }); // on the same asset is not elsewhere
  const closes = (who: typeof ann, numbers: readonly number[]) => respond(who, { environment, items: numbers.map((number) => ({ number })), response: "closed", reason: "false_positive", note: "Test code." });
  const first = done(await closes(ann, [others[0]?.number ?? 0]));
  done(await closes(bob, [others[1]?.number ?? 0]));

  const { neighbours } = done(await loadFinding(ann, { environment, number: here.number }));
  expect(neighbours.sameRule).toEqual({ count: 3, isMore: false });
  expect(neighbours.sameAsset).toEqual({ count: 3, isMore: false });
  expect(neighbours.precedents).toMatchObject([{ governance: "false_positive", reason: "false_positive", count: 2, number: others[1]?.number, by: "Bob" }]);
  expect(neighbours.dispositions).toEqual([]);

  const closed = done(await loadFinding(ann, { environment, number: others[0]?.number }));
  expect(closed.neighbours.dispositions).toMatchObject([{ reason: "False positive", by: "Ann", revoked: false }]);
  expect(closed.neighbours.precedents).toMatchObject([{ count: 1, by: "Bob" }]);

  const taken = done(await revert(ann, { environment, actionId: first.actionId }));
  const open = done(await loadFinding(bob, { environment, number: others[0]?.number }));
  expect(open.neighbours.dispositions).toMatchObject([{ reason: "False positive", by: "Ann", revoked: true }]);
  done(await revert(ann, { environment, actionId: taken.actionId })); // and that is taken back too
  const again = done(await loadFinding(bob, { environment, number: others[0]?.number }));
  expect(again.neighbours.dispositions).toMatchObject([{ reason: "False positive", by: "Ann", revoked: false }]);
});

test("it ranks by what its CVEs are known for, by its asset, and by whoever calibrated it and why", async () => {
  const environment = await makeEnvironment();
  const ann = await makeMember(environment, "analyst", "Ann");
  const finding = await makeFinding(await makeScope(environment), { cve: ["CVE-2024-0007", "CVE-2024-0008"], kev: true });
  const entries = [{ cve: "CVE-2024-0008", name: "Hole", addedOn: "2026-01-01", dueOn: "2026-01-22", ransomware: true }];
  done(await loadFeed(operatorActor("test"), { environment: null, feed: "kev", source: "test", releasedAt: new Date("2026-01-02"), sha256: "0".repeat(64), entries }));
  done(await calibrate(ann, { environment, items: [{ number: finding.number }], calibrated: "critical", reason: "Faces the internet." }));
  const { rank } = done(await loadFinding(ann, { environment, number: finding.number }));
  expect(rank).toMatchObject({
    calibratedBy: "Ann", calibratedWhy: "Faces the internet.", epss: null, asset: { exposure: "unknown", owner: null },
    kev: { cve: "CVE-2024-0008", addedOn: expect.stringContaining("2026-01-01"), dueOn: expect.stringContaining("2026-01-22"), ransomware: true },
  });
});

test("the chain has a fifth step only where policy asks for proof, and says what is not there", async () => {
  const environment = await makeEnvironment();
  const ann = await makeMember(environment);
  const finding = await makeFinding(await makeScope(environment));
  const steps = async () => done(await loadFinding(ann, { environment, number: finding.number })).chain.map(({ step, at }) => `${step}${at === null ? "" : " ✓"}`);
  expect(await steps()).toEqual(["matched ✓", "ticket_created", "ticket_closed", "disposition"]);
  await changePolicy(environment, { closure_verification: { required: ["high"] } });
  expect(await steps()).toContain("verified");
  done(await respond(ann, { environment, items: [{ number: finding.number }], response: "closed", reason: "patched", evidence: [{ kind: "retest", note: "Looked again." }] }));
  expect(await steps()).toEqual(["matched ✓", "ticket_created", "ticket_closed", "disposition ✓", "verified ✓"]);
});
