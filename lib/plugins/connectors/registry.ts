import { CONNECTOR_SETTINGS, type ConnectorKind } from "@/lib/domain/connector/kinds";
import type { Remark } from "@/lib/domain/ticket/remark";
import { textMark, type Ask, type Check, type Connector, type Hook, type Left, type Letter, type Outgoing, type Placed, type Sought, type There, type TrackerRequest } from "./contract";
import { custom } from "./custom";
import { letterOfTicket, letterRequest, remarkLetter } from "./email";
import { github } from "./github";
import { jiraCloud } from "./jira-cloud";
import { jiraDc } from "./jira-dc";
import { servicenow } from "./servicenow";

/** A tracker that is set up: its plug-in with settings, secret and the way out in it. What is null it cannot do. */
export type Tracker = {
  /** What makes the description that it would write the same as another: to tell later whether people there have written in it. */
  textMark: (ticket: Outgoing) => string;
  creation: (ticket: Outgoing) => TrackerRequest;
  create: (ticket: Outgoing) => Promise<Placed>;
  find: ((marker: string) => Promise<readonly There[]>) | null;
  update: ((at: Placed, ticket: Outgoing) => Promise<readonly Left[]>) | null;
  comment: ((at: Placed, text: string) => Promise<void>) | null;
  said: ((at: Placed, remark: Remark) => Promise<boolean>) | null;
  look: ((at: Sought) => Promise<There>) | null;
  lookAll: ((all: readonly Sought[]) => Promise<readonly There[]>) | null;
  changes: ((since: string | null) => Promise<{ found: readonly There[]; cursor: string; more: boolean }>) | null;
  test: () => Promise<readonly Check[]>;
};

/** How a connector is stored; its secret opened, empty where it has none. */
export type SetUp = { settings: unknown; secret: string };

/** So short a text may stand in an answer for reasons of its own. */
const LEAST_SECRET = 8;

/** The way out, on which a tracker that quotes what it was shown is not quoted in turn: what it says of its trouble ends in the log, which nobody can clean. */
function discreet(ask: Ask, secret: string): Ask {
  return async (request) => {
    const answer = await ask(request);
    const credentials = Object.entries(request.headers).flatMap(([name, value]) => (/^authorization$/i.test(name) ? value.replace(/^\S+ /, "") : []));
    const text = [secret, ...credentials].filter((one) => one.length >= LEAST_SECRET).reduce((said, one) => said.replaceAll(one, "••••"), answer.text);
    return { ...answer, text };
  };
}

function bound<Settings>(plugin: Connector<Settings>, stored: SetUp, ask: Ask): Tracker {
  const settings = plugin.settings.parse(stored.settings);
  const place = { settings, secret: stored.secret, ask: discreet(ask, stored.secret) };
  const { find, update, comment, said, look, lookAll, changes } = plugin;
  return {
    textMark: (ticket) => textMark(plugin.describe(ticket)),
    creation: (ticket) => plugin.creation(place, ticket),
    create: (ticket) => plugin.create(place, ticket),
    find: find ? (marker) => find(place, marker) : null,
    update: update ? (at, ticket) => update(place, at, ticket) : null,
    comment: comment ? (at, text) => comment(place, at, text) : null,
    said: said ? (at, remark) => said(place, at, remark) : null,
    look: look ? (at) => look(place, at) : null,
    lookAll: lookAll ? (all) => lookAll(place, all) : null,
    changes: changes ? (since) => changes(place, since) : null,
    test: () => plugin.test(place),
  };
}

/** Every destination that is asked, by its kind. */
const PLUG_INS = {
  jira_cloud: (stored: SetUp, ask: Ask) => bound(jiraCloud, stored, ask),
  jira_dc: (stored: SetUp, ask: Ask) => bound(jiraDc, stored, ask),
  servicenow: (stored: SetUp, ask: Ask) => bound(servicenow, stored, ask),
  github: (stored: SetUp, ask: Ask) => bound(github, stored, ask),
  custom: (stored: SetUp, ask: Ask) => bound(custom, stored, ask),
} as const satisfies Record<Exclude<ConnectorKind, "email">, (stored: SetUp, ask: Ask) => Tracker>;

const HOOKS: Readonly<Record<ConnectorKind, Hook | null>> = {
  jira_cloud: jiraCloud.hook, jira_dc: jiraDc.hook, servicenow: servicenow.hook, github: github.hook, custom: custom.hook, email: null,
};

/** The tracker of a connector. Null for e-mail, which is written to and never asked. @throws where its settings are of another form than its kind's */
export function openTracker(kind: ConnectorKind, stored: SetUp, ask: Ask): Tracker | null {
  return kind === "email" ? null : PLUG_INS[kind](stored, ask);
}

/** How this kind tells by itself what changed; null: it does not. */
export const hookOf = (kind: ConnectorKind): Hook | null => HOOKS[kind];

const LOOKED_AT: Readonly<Record<ConnectorKind, boolean>> = {
  jira_cloud: jiraCloud.look !== null, jira_dc: jiraDc.look !== null, servicenow: servicenow.look !== null, github: github.look !== null, custom: custom.look !== null, email: false,
};

/** Can a tracker of this kind be asked how an issue stands? */
export const isLookedAt = (kind: ConnectorKind): boolean => LOOKED_AT[kind];

/** The letter that an e-mail connector sends: the ticket as a whole, or a remark on it. */
export function letterFor(settings: unknown, ticket: Outgoing, remark: string | null): Letter {
  const read = CONNECTOR_SETTINGS.email.parse(settings);
  return remark === null ? letterOfTicket(read, ticket) : remarkLetter(read, ticket, remark);
}

const HIDDEN = "••••••••";
const NOBODY: Ask = () => Promise.reject(new Error("A request that is shown is not sent."));

/** The exact request that would make a ticket, word by word, with dots for whatever is secret. */
export function shownRequest(kind: ConnectorKind, settings: unknown, ticket: Outgoing): TrackerRequest {
  const tracker = openTracker(kind, { settings, secret: HIDDEN }, NOBODY);
  const request = tracker?.creation(ticket) ?? letterRequest(letterFor(settings, ticket, null));
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, name === "Authorization" && value.startsWith("Basic ") ? `Basic ${HIDDEN}` : value]));
  return { ...request, headers };
}
