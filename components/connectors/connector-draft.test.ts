import { expect, test } from "vitest";
import { CONNECTOR_KINDS, CONNECTOR_SETTINGS } from "@/lib/domain/connector/kinds";
import type { ConnectorView } from "@/lib/domain/views/connectors";
import { draftOf, faultsAfter, faultsOf, needsSecret, requestOf, settingsOf } from "./connector-draft";

const SETTINGS = CONNECTOR_SETTINGS.jira_dc.parse({ address: "https://jira.example.com", project: "SEC", closes: true, priorities: {}, mapping: { Doing: "in_progress" } });
const CONNECTOR: ConnectorView = {
  id: 7, kind: "jira_dc", name: "Jira", enabled: true, settings: SETTINGS, hasSecret: true, secretAt: null, lagSeconds: 30, version: 3, webhook: null, hasHookSecret: false, tickets: 0,
  health: { circuit: "closed", failures: 0, pausedUntil: null, lastOkAt: null, lastError: null, lastErrorAt: null, backlog: { pending: 0, inDoubt: 0, failed: 0, oldest: null } },
};

test("a connector that is opened and saved says what it said: also that it has no priorities", () => {
  const draft = draftOf("jira_dc", CONNECTOR);
  expect(CONNECTOR_SETTINGS.jira_dc.parse(settingsOf(draft))).toEqual(SETTINGS);
  expect(requestOf(draft, CONNECTOR)).toMatchObject({ id: 7, version: 3, lagSeconds: 30, name: "Jira" });
  expect(requestOf(draft, CONNECTOR)).not.toHaveProperty("secret");
});

test("an empty form carries its kind's defaults, and what is cleared is the default again", () => {
  expect(draftOf("jira_cloud", null)).toMatchObject({ secret: "", texts: { issueType: "Task", closes: "no" }, pairs: { priorities: expect.arrayContaining([{ left: "urgent", right: "Highest" }]) } });
  expect(settingsOf({ kind: "jira_cloud", texts: { issueType: "  ", project: " " }, pairs: { fields: [{ left: " ", right: "lost" }, { left: "cf", right: "1" }] } })).toEqual({ project: "", fields: { cf: "1" } });
  for (const kind of CONNECTOR_KINDS) expect(draftOf(kind, null).kind).toBe(kind);
});

test("another address asks for the secret anew; another spelling of the same does not", () => {
  const draft = draftOf("jira_dc", CONNECTOR);
  const at = (address: string) => needsSecret({ ...draft, texts: { ...draft.texts, address } }, CONNECTOR);
  expect([at("https://jira.example.com"), at("https://JIRA.example.com/"), at("https://jira.evil.example")]).toEqual([false, false, true]);
});

test("a fault inside pairs stands at its field, and the first one of a field counts", () => {
  expect(faultsOf({ code: "invalid", message: "No.", errors: [{ path: "settings.mapping.Done", message: "One." }, { path: "settings.mapping", message: "Two." }, { path: "secret", message: "Missing." }] })).toEqual({ mapping: "One.", secret: "Missing." });
});

test("a fault goes with the next change of its field, and stays through changes of others", () => {
  const draft = draftOf("jira_dc", CONNECTOR);
  const faults = { project: "Missing.", secret: "Missing." };
  expect(faultsAfter(faults, draft, { ...draft, texts: { ...draft.texts, project: "OPS" } })).toEqual({ secret: "Missing." });
  expect(faultsAfter(faults, draft, { ...draft, name: "Other" })).toEqual(faults);
});
