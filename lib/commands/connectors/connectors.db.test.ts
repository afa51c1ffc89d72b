import { expect, test } from "vitest";
import { removeConnector } from "@/lib/commands/connectors/remove";
import { rotateHookSecret } from "@/lib/commands/connectors/rotate-hook-secret";
import { saveConnector } from "@/lib/commands/connectors/save";
import { linkByHand } from "@/lib/commands/deliveries/link-by-hand";
import { closeTickets } from "@/lib/commands/tickets/close";
import { createTickets } from "@/lib/commands/tickets/create";
import { prisma } from "@/lib/db/client";
import { tryConnector } from "@/lib/doors/try-connector";
import { openConnector } from "@/lib/gate/connectors";
import { hookSecrets } from "@/lib/gate/hook-secrets";
import { listConnectors, loadConnectors } from "@/lib/queries/connectors";
import { done } from "@/lib/testing/done";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";

const github = { kind: "github", name: "GitHub", settings: { repository: "acme/app" }, secret: "gh-token-1" };

async function world() {
  const environment = await makeEnvironment();
  const admin = await makeMember(environment, "admin", "Ada");
  const saved = await saveConnector(admin, { environment, ...github });
  if (!saved.ok) throw new Error(saved.refusal.message);
  return { environment, admin, connector: saved.value.id, row: () => prisma.connector.findUniqueOrThrow({ where: { id: saved.value.id } }) };
}

test("a secret is written and never read back: it stands in no view, no record, no entry of the log, and not in the row", async () => {
  const { environment, admin, connector, row } = await world();
  const hook = await rotateHookSecret(admin, { environment, connector });
  if (!hook.ok) throw new Error(hook.refusal.message);
  const log = await prisma.auditEvent.findMany({ where: { environmentId: environment }, include: { body: true } });
  const told = JSON.stringify([await loadConnectors(admin, { environment }), await listConnectors(admin, { environment }), log.map(({ body, action }) => [action, body?.before, body?.after, body?.reason])]);
  for (const secret of ["gh-token-1", hook.value.secret]) {
    expect(told).not.toContain(secret);
    expect(Buffer.from((await row()).sealed ?? []).toString("latin1")).not.toContain(secret);
    expect(Buffer.from((await row()).hookSealed ?? []).toString("latin1")).not.toContain(secret);
  }
  expect(log.map(({ action }) => action)).toEqual(["connector.created", "connector.hook_secret_changed"]);
  expect(await openConnector(admin, { environment, connector })).toMatchObject({ ok: true, value: { secret: "gh-token-1" } });
  expect(await openConnector(await makeMember(environment, "manager"), { environment, connector })).toMatchObject({ ok: false, refusal: { code: "forbidden" } });
});

test("another address asks for the secret anew; whatever else changes, it stays; an older version is refused", async () => {
  const { environment, admin, connector, row } = await world();
  const { sealed } = await row();
  const asked = { environment, id: connector, kind: "github", name: "Issues", settings: { repository: "acme/other" } };
  expect(await saveConnector(admin, { ...asked, version: 1 })).toMatchObject({ ok: true, value: { version: 2 } });
  expect((await row()).sealed).toEqual(sealed);
  const moved = { ...asked, settings: { ...asked.settings, address: "https://evil.example.test" } };
  expect(await saveConnector(admin, moved)).toMatchObject({ ok: false, refusal: { code: "invalid", errors: [{ path: "secret" }] } });
  expect(await saveConnector(admin, { ...moved, secret: "gh-token-2" })).toMatchObject({ ok: true });
  expect(await saveConnector(admin, { ...asked, version: 1 })).toMatchObject({ ok: false, refusal: { code: "stale" } });
  expect(await saveConnector(admin, { ...asked, settings: { repository: "no slash", address: "ftp://x" } })).toMatchObject({ ok: false, refusal: { code: "invalid", errors: [{ path: "settings.address" }, { path: "settings.repository" }] } });
  expect(await saveConnector(admin, { environment, ...github, name: "ISSUES" })).toMatchObject({ ok: false, refusal: { code: "conflict" } });
});

test("an envelope that was swapped into another row opens nothing, and is said", async () => {
  const { environment, admin, connector, row } = await world();
  const other = await saveConnector(admin, { environment, ...github, name: "Other", secret: "gh-token-9" });
  if (!other.ok) throw new Error(other.refusal.message);
  await prisma.connector.update({ where: { id: other.value.id }, data: { sealed: (await row()).sealed } });
  expect(await openConnector(admin, { environment, connector: other.value.id })).toMatchObject({ ok: false, refusal: { code: "conflict", message: "Its secret cannot be opened." } });
  expect(await openConnector(admin, { environment, connector })).toMatchObject({ ok: true });
});

test("while it is rotated two secrets are taken, for a day; then the new one alone", async () => {
  const { environment, admin, connector, row } = await world();
  const secrets = [];
  for (let n = 0; n < 3; n++) secrets.push(await rotateHookSecret(admin, { environment, connector }).then((made) => (made.ok ? made.value.secret : "")));
  const sealed = (await row()).hookSealed;
  expect(hookSecrets(connector, sealed, new Date())).toEqual([secrets[2], secrets[1]]);
  expect(hookSecrets(connector, sealed, new Date(Date.now() + 25 * 3_600_000))).toEqual([secrets[2]]);
  expect(hookSecrets(connector + 1, sealed, new Date())).toEqual([]);
});

test("an address inside this network is never asked, and the test says so; what is removed is gone, its secrets first", async () => {
  const { environment, admin, connector, row } = await world();
  const inside = { environment, kind: "github", name: "Inside", settings: { ...github.settings, address: "http://127.0.0.1:9" }, secret: "s" };
  const saved = await saveConnector(admin, inside);
  if (!saved.ok) throw new Error(saved.refusal.message);
  expect(await tryConnector(admin, { environment, connector: saved.value.id })).toMatchObject({ ok: true, value: { ok: false, checks: [{ name: "reachable", ok: false, detail: expect.stringContaining("lies inside") }] } });
  expect(await removeConnector(admin, { environment, connector })).toEqual({ ok: true, value: { cancelled: 0 } });
  expect(await row()).toMatchObject({ sealed: null, hookSealed: null, enabled: false });
  expect(await removeConnector(admin, { environment, connector })).toMatchObject({ ok: false, refusal: { code: "missing" } });
  expect(await saveConnector(admin, { environment, ...github })).toMatchObject({ ok: true });
});

test("a table that open tickets stand in is not changed for another: there all would count as gone; in Jira they are found whatever the project is", async () => {
  const environment = await makeEnvironment();
  const admin = await makeMember(environment, "admin", "Ada");
  const servicenow = { environment, kind: "servicenow", name: "ServiceNow", settings: { address: "https://acme.example.test", user: "docket", table: "incident" }, secret: "s3cret" };
  const jira = { environment, kind: "jira_cloud", name: "Jira", settings: { address: "https://jira.example.test", user: "d@example.test", project: "SEC", issueType: "Task" }, secret: "s3cret" };
  const [one, two] = [done(await saveConnector(admin, servicenow)), done(await saveConnector(admin, jira))];
  await makeFindings(await makeScope(environment), 2);
  for (const [number, connector] of [[1, one.id], [2, two.id]] as const) {
    done(await createTickets(admin, { environment, items: [{ number }], connector, override: "For the test." }));
  }
  const other = { ...servicenow, id: one.id, settings: { ...servicenow.settings, table: "sc_task" } };
  expect(await saveConnector(admin, other), "nothing stands there yet").toMatchObject({ ok: true });
  expect(await saveConnector(admin, { ...servicenow, id: one.id })).toMatchObject({ ok: true });

  done(await linkByHand(admin, { environment, ticket: 1, key: "INC0010001" }));
  done(await linkByHand(admin, { environment, ticket: 2, key: "SEC-7" }));
  expect(await saveConnector(admin, other)).toEqual({ ok: false, refusal: {
    code: "conflict", message: "1 open ticket stands in incident: in sc_task none would be found, and all would count as gone.", next: "Add a connector for sc_task, or close these first.",
  } });
  expect(await saveConnector(admin, { ...servicenow, id: one.id, settings: { ...servicenow.settings, category: "security" } }), "whatever else changes").toMatchObject({ ok: true });
  expect(await saveConnector(admin, { ...jira, id: two.id, settings: { ...jira.settings, project: "OPS" } })).toMatchObject({ ok: true });
  done(await closeTickets(admin, { environment, items: [{ number: 1 }], reason: "mitigated", notes: "Behind the gateway." }));
  expect(await saveConnector(admin, other)).toMatchObject({ ok: true });
});

test.each(["sending", "in_doubt"] as const)("a table is not changed while a ticket may stand in it that nobody has the number of: its creation is %s, closed here or not", async (status) => {
  const environment = await makeEnvironment();
  const admin = await makeMember(environment, "admin", "Ada");
  const servicenow = { environment, kind: "servicenow", name: "ServiceNow", settings: { address: "https://acme.example.test", user: "docket", table: "incident" }, secret: "s3cret" };
  const { id } = done(await saveConnector(admin, servicenow));
  await makeFindings(await makeScope(environment), 1);
  done(await createTickets(admin, { environment, items: [{ number: 1 }], connector: id, override: "For the test." }));
  await prisma.delivery.updateMany({ where: { connectorId: id, kind: "create" }, data: { status, askedAt: new Date() } });
  const move = () => saveConnector(admin, { ...servicenow, id, settings: { ...servicenow.settings, table: "sc_task" } });
  const refused = { ok: false, refusal: {
    code: "conflict", message: "A ticket may just have been made in incident: in sc_task it would not be found, and be made again.",
    next: "Wait until it is known whether it stands in incident, link it by hand or call it off; or add a connector for sc_task.",
  } };
  expect(await move()).toEqual(refused);
  expect(await saveConnector(admin, { ...servicenow, id, settings: { ...servicenow.settings, category: "security" } }), "whatever else changes").toMatchObject({ ok: true });

  done(await closeTickets(admin, { environment, items: [{ number: 1 }], reason: "mitigated", notes: "Behind the gateway." }));
  expect(await move(), "it is looked for all the same").toEqual(refused);
  await prisma.delivery.updateMany({ where: { connectorId: id, kind: "create" }, data: { status: "failed" } });
  expect(await move(), "it was not made").toMatchObject({ ok: true });
});
