import { expect, test } from "vitest";
import { removeConnector } from "@/lib/commands/connectors/remove";
import { rotateHookSecret } from "@/lib/commands/connectors/rotate-hook-secret";
import { saveConnector } from "@/lib/commands/connectors/save";
import { prisma } from "@/lib/db/client";
import { tryConnector } from "@/lib/doors/try-connector";
import { openConnector } from "@/lib/gate/connectors";
import { hookSecrets } from "@/lib/gate/hook-secrets";
import { listConnectors, loadConnectors } from "@/lib/queries/connectors";
import { makeEnvironment, makeMember } from "@/lib/testing/make";

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
