import { expect, test } from "vitest";
import { setBookmark } from "@/lib/commands/bookmarks/set";
import { shareFindings } from "@/lib/commands/findings/share";
import { changeView } from "@/lib/commands/views/change";
import { deleteView } from "@/lib/commands/views/delete";
import { keepDesk } from "@/lib/commands/views/keep-desk";
import { saveView } from "@/lib/commands/views/save";
import { setDefaultView } from "@/lib/commands/views/set-default";
import { prisma } from "@/lib/db/client";
import type { Role } from "@/lib/domain/access/can";
import type { Result } from "@/lib/domain/refusal";
import { wholeTab } from "@/lib/domain/views/queue-address";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";
import { logLength } from "@/lib/testing/expect-audit";
import { deskOf, pinsOf } from "@/lib/queries/desk";
import { loadRows } from "@/lib/queries/queue";

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.refusal.message);
  return result.value;
}

const codeOf = (result: Result<unknown>) => (result.ok ? "done" : result.refusal.code);

async function stage() {
  const environment = await makeEnvironment();
  const member = (role: Role, name?: string) => makeMember(environment, role, name);
  return { environment, ann: await member("analyst", "Ann"), ben: await member("analyst", "Ben"), mia: await member("manager", "Mia"), vic: await member("viewer", "Vic") };
}

const BURNING = { name: "What burns", filter: '?tab=all&q=response in ("To Be Closed","None") risk:high&sort=due' };

test("a filter is saved in today's words, opens by its number, and is nobody else's until it is shared", async () => {
  const { environment, ann, ben, vic } = await stage();
  const { id } = valueOf(await saveView(ann, { environment, ...BURNING, columns: ["asset", "due"], density: "compact" }));
  const mine = valueOf(await deskOf(ann, { environment, address: `?view=${id}` }));
  expect(mine).toMatchObject({ view: id, isViewMissing: false, filter: { tab: "all", severity: ["high"], response: ["needs_review", "closed"], sort: "due" } });
  expect(mine.views[0]).toMatchObject({ address: "?tab=all&q=severity:high+response:needs_review,closed&sort=due", layout: { columns: ["asset", "due"], density: "compact" }, isMine: true });
  expect(valueOf(await deskOf(ben, { environment, address: `?view=${id}` }))).toMatchObject({ view: null, isViewMissing: true, views: [] });

  expect(codeOf(await changeView(ben, { environment, view: id, shared: true }))).toBe("missing");
  valueOf(await changeView(ann, { environment, view: id, shared: true, version: 1 }));
  expect(valueOf(await deskOf(ben, { environment, address: `?view=${id}&tab=closed` }))).toMatchObject({ view: id, filter: { tab: "closed" } });
  expect(codeOf(await changeView(ben, { environment, view: id, name: "Mine now" }))).toBe("forbidden");
  expect(codeOf(await saveView(vic, { environment, name: "For all", filter: "", shared: true }))).toBe("forbidden");
  expect(codeOf(await saveView(ben, { environment, name: "what BURNS", filter: "", shared: true }))).toBe("conflict");
  expect(codeOf(await changeView(ann, { environment, view: id, version: 1, name: "Late" }))).toBe("stale");
  expect(await saveView(ben, { environment, name: "Odd", filter: "severity:hihg" })).toMatchObject({ ok: false, refusal: { errors: [{ path: "filter", at: 9, length: 4 }] } });
  const logged = await prisma.auditEvent.findMany({ where: { environmentId: environment, recordType: "view" }, orderBy: { sequence: "asc" } });
  expect(logged.map(({ action }) => action)).toEqual(["view.saved", "view.changed"]);
});

test("words of an older version that stand in the table still open the queue that they meant", async () => {
  const { environment, ann } = await stage();
  const { id } = valueOf(await saveView(ann, { environment, ...BURNING }));
  await prisma.savedView.update({ where: { id }, data: { address: "?tab=needs_review&status=To+Be+Closed&risk=Informational&host=web-3&gone=1", columns: ["asset", "of_old"] } });
  const desk = valueOf(await deskOf(ann, { environment, address: `?view=${id}` }));
  expect(desk.filter).toMatchObject({ response: ["closed"], severity: ["info"], rest: [{ field: "host", values: ["web-3"] }] });
  expect(desk.views[0]?.layout.columns).toEqual(["asset"]);
});

test("a parameter that cannot be read narrows nothing, and the screen is told which and why", async () => {
  const { environment, ann } = await stage();
  const { mistyped, filter } = valueOf(await deskOf(ann, { environment, address: "?severity=hihg&gone=1&q=tag:pci&q=port:x&open=F-1" }));
  expect(filter).toMatchObject({ severity: [], tag: ["pci"] });
  expect(mistyped.parameters.map(({ path, message }) => `${path}: ${message}`)).toEqual([expect.stringMatching(/^severity: .*Did you mean high/), expect.stringMatching(/^gone: There is no filter/)]);
  expect([mistyped.text, mistyped.faults.length]).toEqual(["tag:pci port:x", 1]);
});

test("a default opens in a new visit, what was looked at last in the same one, and whoever chose nothing begins with everybody's", async () => {
  const { environment, ann, ben, mia } = await stage();
  const { id } = valueOf(await saveView(ann, { environment, ...BURNING, shared: true }));
  const plain = async (who: typeof ann) => valueOf(await deskOf(who, { environment, address: "" }));
  expect((await plain(ben)).view).toBeNull();
  expect(codeOf(await setDefaultView(ann, { environment, view: id, everybody: true }))).toBe("forbidden");
  valueOf(await setDefaultView(mia, { environment, view: id, everybody: true }));
  expect(await plain(ben)).toMatchObject({ view: id, myDefault: null, filter: { tab: "all" } });

  valueOf(await keepDesk(ben, { environment, looked: { view: null, address: "?tab=closed", changed: null }, layout: { columns: ["rule"], density: "compact" } }));
  expect(await plain(ben)).toMatchObject({ view: null, filter: { tab: "closed" }, layout: { columns: ["rule"], density: "compact" } });
  valueOf(await setDefaultView(ben, { environment, view: id }));
  expect((await plain(ben)).filter.tab, "the visit goes on").toBe("closed");
  await prisma.queueDesk.updateMany({ where: { environmentId: environment, personId: ben.personId }, data: { lastAt: new Date(Date.now() - 13 * 3_600_000) } });
  expect(await plain(ben)).toMatchObject({ view: id, myDefault: id });

  valueOf(await keepDesk(ben, { environment, looked: { view: id, address: `?view=${id}&tab=closed`, changed: { columns: ["cve"], density: "comfortable" } } }));
  expect(await plain(ben)).toMatchObject({ view: id, filter: { tab: "closed" }, changed: { columns: ["cve"] }, recent: [id] });
});

test("a shared view that is somebody's default goes only after its owner was told, and they are told why it is gone", async () => {
  const { environment, ann, ben, mia } = await stage();
  const { id } = valueOf(await saveView(ann, { environment, ...BURNING, shared: true }));
  valueOf(await setDefaultView(ben, { environment, view: id }));
  valueOf(await keepDesk(ben, { environment, looked: { view: id, address: `?view=${id}`, changed: null }, pins: [id] }));
  expect(await deleteView(mia, { environment, view: id })).toMatchObject({ ok: false, refusal: { code: "conflict", message: "The view What burns is the default of Ben." } });
  expect(codeOf(await changeView(ann, { environment, view: id, shared: false }))).toBe("conflict");
  expect(codeOf(await changeView(mia, { environment, view: id, shared: false, anyway: true }))).toBe("forbidden");
  expect(valueOf(await deleteView(mia, { environment, view: id, anyway: true }))).toEqual({ id, defaults: 1 });
  const after = valueOf(await deskOf(ben, { environment, address: "" }));
  expect(after).toMatchObject({ view: null, myDefault: null, pins: [], lost: "Mia deleted the view What burns, which was your default." });
  valueOf(await keepDesk(ben, { environment, looked: { view: id, address: "?tab=all", changed: null } }));
  expect(valueOf(await deskOf(ben, { environment, address: "" }))).toMatchObject({ view: null, lost: null, filter: { tab: "all" } });
});

test("stars are one person's alone; who was pointed to a finding finds it, and the log knows", async () => {
  const { environment, ann, ben, vic } = await stage();
  const made = await makeFindings(await makeScope(environment), 5);
  const [one, two, three] = made.map(({ number }) => ({ number }));
  if (!one || !two || !three) throw new Error("no findings");
  const listed = async (who: typeof ann, flag: "bookmarked" | "shared") => valueOf(await loadRows(who, { environment, filter: { ...wholeTab("all"), is: [flag] }, cursor: null })).rows.map(({ number }) => number).sort();

  const before = await logLength();
  expect(valueOf(await setBookmark(vic, { environment, items: [one, two, three], on: true })).bookmarks).toHaveLength(3);
  expect(valueOf(await setBookmark(vic, { environment, items: [two], on: false })).bookmarks).toHaveLength(2);
  expect(await listed(vic, "bookmarked")).toEqual([one.number, three.number]);
  expect(await listed(ann, "bookmarked")).toEqual([]);
  expect(await logLength()).toBe(before);
  const { id } = valueOf(await saveView(vic, { environment, name: "Stars", filter: "is:bookmarked" }));
  valueOf(await keepDesk(vic, { environment, pins: [id] }));
  expect(valueOf(await pinsOf(vic, { environment }))).toEqual([{ id, name: "Stars", address: `?view=${id}`, count: 2 }]);

  expect(codeOf(await shareFindings(vic, { environment, items: [one], people: [ben.personId] }))).toBe("forbidden");
  expect(codeOf(await shareFindings(ann, { environment, items: [one], people: ["stranger@example.test"] }))).toBe("invalid");
  expect(valueOf(await shareFindings(ann, { environment, items: [one, two], people: [ben.id], note: "Is this ours?" }))).toEqual({ shared: 2, people: 1 });
  expect(await listed(ben, "shared")).toEqual([one.number, two.number]);
  expect(await listed(ann, "shared")).toEqual([]);
  const entry = await prisma.auditEvent.findFirstOrThrow({ where: { action: "finding.shared", environmentId: environment }, include: { body: true } });
  expect(entry.body).toMatchObject({ note: "Is this ours?", after: { shared_with: ["Ben"] } });
});
