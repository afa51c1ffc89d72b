import { z } from "zod";
import { CONNECTOR_SETTINGS, type ConnectorSettings } from "@/lib/domain/connector/kinds";
import { storable } from "@/lib/domain/storable";
import type { Remark } from "@/lib/domain/ticket/remark";
import { renderWithin } from "@/lib/domain/ticket/template";
import { basic, below, expectDone, faultOf, furtherFields, instantOf, markerText, OWN_WAY, parsed, readAnswer, unassigned } from "./answers";
import { isChanged, textMark, TrackerFault, type Asking, type Check, type Connector, type Left, type Outgoing, type Place, type Sought, type There, type TrackerRequest } from "./contract";
import { described, isSaidAmong } from "./texts";

// ServiceNow's Table API: https://docs.servicenow.com/bundle/washingtondc-api-reference/page/integrate/inbound-rest/concept/c_TableAPI.html

type Settings = ConnectorSettings["servicenow"];

/** Each field as it is stored and as people read it. */
const both = z.union([z.object({ value: z.string(), display_value: z.string().nullish() }), z.string().transform((value) => ({ value, display_value: value }))]);
const record = z.looseObject({ sys_id: both, number: both, short_description: both.optional(), state: both.optional(), active: both.optional(), assigned_to: both.optional(), sys_updated_on: both.optional() });
const one = z.object({ result: record });
const many = z.object({ result: z.array(record).max(10_000) });

/** States of an incident: https://docs.servicenow.com, "Incident states". */
const STARTED = ["2", "3"];
const DONE = ["6", "7", "8"];
/** Impact and urgency, from which ServiceNow reckons its own priority. */
const WEIGHTS = { urgent: ["1", "1"], high: ["1", "2"], medium: ["2", "2"], low: ["3", "3"] } as const;
const PAGE = 200;
const MOST_PAGES = 20;
/** The length of task.description; what is longer is cut there without a word. */
const MOST_TEXT = 4_000;

const FIELDS = ["sys_id", "number", "short_description", "state", "active", "assigned_to", "sys_updated_on"];

function request({ settings, secret }: Place<Settings>, method: TrackerRequest["method"], path: readonly string[], query: Readonly<Record<string, string>>, body: unknown = null): TrackerRequest {
  const asked = new URLSearchParams(query).toString();
  return {
    method, address: `${below(`${settings.address}/api/now/table`, ...path)}${asked === "" ? "" : `?${asked}`}`, body: body === null ? null : JSON.stringify(body),
    headers: { Accept: "application/json", Authorization: basic(settings.user, secret), ...(body === null ? {} : { "Content-Type": "application/json" }) },
  };
}

const shown = (settings: Settings): Record<string, string> => ({ sysparm_display_value: "all", sysparm_exclude_reference_link: "true", sysparm_fields: [...FIELDS, ...(settings.severityField ? [settings.severityField] : [])].join(",") });

function fieldsOf({ settings }: Place<Settings>, ticket: Outgoing): Record<string, unknown> {
  const { payload } = ticket;
  const [impact, urgency] = WEIGHTS[payload.priority];
  return {
    ...(isChanged(ticket, "title") ? { short_description: storable(payload.title.replace(/\s+/g, " "), 160) } : {}),
    ...(isChanged(ticket, "priority") ? { impact, urgency } : {}), ...(settings.severityField && isChanged(ticket, "severity", "findings") ? { [settings.severityField]: payload.severity } : {}),
  };
}

function thereOf(settings: Settings, found: z.output<typeof record>): There {
  const state = found.state?.value ?? "";
  const assignee = found.assigned_to?.display_value ?? found.assigned_to?.value;
  const severity = settings.severityField ? both.safeParse(found[settings.severityField]) : null;
  return {
    key: found.number.value, id: found.sys_id.value, url: addressOf(settings, found.sys_id.value), status: found.state?.display_value ?? found.state?.value ?? null,
    isDone: DONE.includes(state) || found.active?.value === "false", isStarted: STARTED.includes(state), assignee: assignee ? assignee : null,
    title: found.short_description?.value ?? null, severity: severity?.success && severity.data.value ? severity.data.value : null, updatedAt: instantOf(found.sys_updated_on?.value),
  };
}

const addressOf = (settings: Settings, id: string): string => `${settings.address}/nav_to.do?uri=${encodeURIComponent(`${settings.table}.do?sys_id=${id}`)}`;

const describe = ({ payload }: Outgoing): string => storable(renderWithin(payload, "text", MOST_TEXT), MOST_TEXT);

function creation(place: Place<Settings>, ticket: Outgoing): TrackerRequest {
  const { settings } = place;
  const body = {
    ...furtherFields(settings.fields), ...fieldsOf(place, ticket), description: describe(ticket), correlation_id: markerText(ticket.marker), correlation_display: "Docket",
    ...(settings.category ? { category: settings.category } : {}), ...(settings.group ? { assignment_group: settings.group } : {}),
  };
  return request(place, "POST", [settings.table], { sysparm_display_value: "all", sysparm_input_display_value: "true", sysparm_fields: "sys_id,number" }, body);
}

async function query(place: Asking<Settings>, encoded: string, most: number, offset = 0): Promise<There[]> {
  const { settings } = place;
  const answer = await place.ask(request(place, "GET", [settings.table], { ...shown(settings), sysparm_query: encoded, sysparm_limit: String(most), sysparm_offset: String(offset) }));
  return readAnswer(answer, many, "The search", false).result.map((found) => thereOf(settings, found));
}

const clean = (word: string): string => word.replace(/[\^,]/g, "");

/** By the id of its row, else by its number, which is unique in a table. */
async function look(place: Asking<Settings>, { key, id }: Sought): Promise<There> {
  const [there] = await query(place, id === null ? `number=${clean(key)}` : `sys_id=${clean(id)}`, 1);
  return there ?? missing(place, key);
}

/** An empty answer is also what a table gives that its user may not read: where nothing at all is seen in it, nothing is gone. @throws TrackerFault always */
async function missing(place: Asking<Settings>, key: string): Promise<never> {
  const { table } = place.settings;
  const [any] = await query(place, "", 1);
  if (!any) throw new TrackerFault("permission", `No record is seen in ${table}.`, "Let its user read them, and look at the table in the settings of the connector.");
  throw new TrackerFault("gone", `There is no ${key} in ${table}.`);
}

/** So many in one question. */
function lookAll(place: Asking<Settings>, all: readonly Sought[]): Promise<There[]> {
  const [ids, keys] = [all.flatMap(({ id }) => (id === null ? [] : [clean(id)])), all.flatMap(({ key, id }) => (id === null ? [clean(key)] : []))];
  const either = [...(ids.length > 0 ? [`sys_idIN${ids.join(",")}`] : []), ...(keys.length > 0 ? [`numberIN${keys.join(",")}`] : [])];
  return all.length === 0 ? Promise.resolve([]) : query(place, either.join("^OR"), all.length);
}

async function write(place: Asking<Settings>, at: Sought, body: unknown, what: string, asShown: "true" | "false" = "true"): Promise<void> {
  const id = at.id ?? (await look(place, at)).id ?? "";
  const answer = await place.ask(request(place, "PATCH", [place.settings.table, id], { sysparm_fields: "sys_id", sysparm_input_display_value: asShown }, body));
  if (answer.status === 404) await missing(place, at.key);
  expectDone(answer, what);
}

const withText = z.object({ result: z.array(z.object({ description: both.nullish() })).max(1) });

async function textThere(place: Asking<Settings>, { key, id }: Sought): Promise<unknown> {
  const asked = { sysparm_query: id === null ? `number=${clean(key)}` : `sys_id=${clean(id)}`, sysparm_fields: "description", sysparm_limit: "1" };
  return readAnswer(await place.ask(request(place, "GET", [place.settings.table], asked)), withText, `Looking at ${key}`, false).result[0]?.description?.value;
}

const notes = z.object({ result: z.array(z.object({ value: z.string(), sys_created_on: z.string() })).max(1_000) });
const MOST_NOTES = 100;

/** Work notes stand in a table of their own, dated to the second, that its user may not be let to read. */
async function said(place: Asking<Settings>, at: Sought, remark: Remark): Promise<boolean> {
  const id = at.id ?? (await look(place, at)).id ?? "";
  const asked = { sysparm_query: `element_id=${clean(id)}^element=work_notes^ORDERBYDESCsys_created_on`, sysparm_fields: "value,sys_created_on", sysparm_limit: String(MOST_NOTES) };
  const answer = await place.ask(request(place, "GET", ["sys_journal_field"], asked));
  if (answer.status === 403 && faultOf(answer, "").kind === "permission") return false;
  const { result } = readAnswer(answer, notes, `Reading the work notes of ${at.key}`, false);
  // of one second the remark before ours counts as the last: rather said twice than lost
  const isBefore = ({ value }: (typeof result)[number]) => remark.before !== null && textMark(value) === textMark(remark.before);
  const inOrder = result.toSorted((one, other) => one.sys_created_on.localeCompare(other.sys_created_on) || Number(isBefore(one)) - Number(isBefore(other)));
  return isSaidAmong(inOrder.map(({ value }) => value), remark, (text) => text);
}

const users = z.object({ result: z.array(z.object({ sys_id: z.string() })).max(10) });

/** Gives a record to whom the ticket is given, by e-mail; a user is named by the id of its row. */
async function assign(place: Asking<Settings>, at: Sought, ticket: Outgoing): Promise<readonly Left[]> {
  const { assignee } = ticket;
  if (assignee === undefined || !isChanged(ticket, "assignee")) return [];
  if (assignee === null) return given(place, at, "");
  const answer = await place.ask(request(place, "GET", ["sys_user"], { sysparm_query: `email=${assignee.email.replaceAll("^", "")}^active=true`, sysparm_fields: "sys_id", sysparm_limit: "2" }));
  if (answer.status === 403) return unassigned(ticket, "Its users may not be read.");
  const [user, second] = readAnswer(answer, users, `Looking for ${assignee.email}`, false).result;
  return !user || second ? unassigned(ticket, `${second ? "More than one user" : "Nobody"} there has the address ${assignee.email}.`) : given(place, at, user.sys_id);
}

async function given(place: Asking<Settings>, at: Sought, user: string): Promise<readonly Left[]> {
  await write(place, at, { assigned_to: user }, `Assigning ${at.key}`, "false");
  return [];
}

/** The fields of the table of which this holds; null: they may not be read. */
async function elementsOf(place: Asking<Settings>, which: string): Promise<string[] | null> {
  const answer = await place.ask(request(place, "GET", ["sys_dictionary"], { sysparm_query: `nameIN${place.settings.table},task^${which}`, sysparm_fields: "element", sysparm_limit: "200" }));
  const read = z.object({ result: z.array(z.object({ element: z.string() })).max(200) }).safeParse(answer.status === 200 ? parsed(answer.text) : null);
  return read.success ? read.data.result.map(({ element }) => element) : null;
}

/** What of the settings names something that is not there; null: nothing, or it may not be read. */
async function namedThere(place: Asking<Settings>): Promise<string | null> {
  const { table, severityField, group } = place.settings;
  const fields = severityField ? await elementsOf(place, `element=${clean(severityField)}`) : null;
  if (severityField && fields !== null && !fields.includes(severityField)) return `${table} has no field ${severityField}.`;
  if (!group) return null;
  const answer = await place.ask(request(place, "GET", ["sys_user_group"], { sysparm_query: `name=${clean(group)}^ORsys_id=${clean(group)}`, sysparm_fields: "sys_id", sysparm_limit: "1" }));
  const read = users.safeParse(answer.status === 200 ? parsed(answer.text) : null);
  return read.success && read.data.result.length === 0 ? `There is no assignment group ${group}.` : null;
}

async function test(place: Asking<Settings>): Promise<readonly Check[]> {
  const { table } = place.settings;
  const answer = await place.ask(request(place, "GET", [table], { sysparm_limit: "1", sysparm_fields: "sys_id,correlation_id" }));
  if (answer.status !== 200) throw faultOf(answer, `Reading ${table}`);
  readAnswer(answer, z.object({ result: z.array(z.looseObject({})).max(10) }), `Reading ${table}`, false);
  const known = await elementsOf(place, "mandatory=true^elementISNOTEMPTY");
  const sent = new Set(["short_description", "description", "impact", "urgency", "category", "number", ...Object.keys(place.settings.fields)]);
  const missing = known?.filter((element) => !sent.has(element)) ?? [];
  const named = await namedThere(place);
  return [
    { name: "reachable", ok: true, detail: place.settings.address, fix: null },
    { name: "credentials", ok: true, detail: `It knows ${place.settings.user}.`, fix: null },
    { name: "permission", ok: true, detail: `${table} may be read; that it may be written is seen with the first ticket.`, fix: null },
    {
      name: "fields", ok: missing.length === 0 && named === null, fix: missing.length > 0 ? "Give each a value under Further fields." : named === null ? null : "Look at its name in the settings: ServiceNow drops what it does not know without a word.",
      detail: named !== null && missing.length === 0 ? named : missing.length > 0 ? `${table} requires ${missing.join(", ")}.` : known ? "All fields that it requires are sent." : "Which fields it requires may not be read; the first ticket shows it.",
    },
  ];
}

const told = z.object({ number: z.string().min(1).max(100), sys_id: z.string().max(40), event: z.enum(["updated", "deleted"]).default("updated"), sys_updated_on: z.string().nullish() });

/** ServiceNow: a record of a table, found again by its correlation_id. Its webhooks are a business rule that posts number and sys_id. */
export const servicenow: Connector<Settings> = {
  kind: "servicenow",
  settings: CONNECTOR_SETTINGS.servicenow,
  writes: "text",
  describe,
  creation,
  create: async (place, ticket) => {
    const { result } = readAnswer(await place.ask(creation(place, ticket)), one, "Creating the record", true);
    return { key: result.number.value, id: result.sys_id.value, url: addressOf(place.settings, result.sys_id.value) };
  },
  find: (place, marker) => query(place, `correlation_id=${markerText(marker)}^ORDERBYsys_created_on`, PAGE),
  update: async (place, at, ticket) => {
    const text = await described(ticket, describe, () => textThere(place, at));
    const fields = { ...fieldsOf(place, ticket), ...text.writes };
    if (Object.keys(fields).length > 0) await write(place, at, fields, `Changing ${at.key}`);
    return [...text.left, ...(await assign(place, at, ticket))];
  },
  comment: (place, at, text) => write(place, at, { work_notes: text }, `Commenting on ${at.key}`),
  said,
  look,
  lookAll,
  changes: async (place, since) => {
    const from = since === null ? "" : `^sys_updated_on>=${since.replace("T", " ").slice(0, 19)}`;
    const found: There[] = [];
    // a page may end in the second in which it began: then the next one, or the same would be asked for ever
    for (let page = 1; ; page++) {
      const some = await query(place, `correlation_idSTARTSWITHdocket${from}^ORDERBYsys_updated_on^ORDERBYsys_id`, PAGE, found.length);
      found.push(...some);
      const cursor = found.at(-1)?.updatedAt?.toISOString() ?? since ?? new Date(0).toISOString();
      const isFull = some.length === PAGE;
      if (!isFull || cursor !== since || page === MOST_PAGES) return { found, cursor, more: isFull };
    }
  },
  test,
  hook: {
    ...OWN_WAY,
    read: (body) => {
      const read = told.safeParse(body);
      if (!read.success) return [];
      return [{ key: read.data.number, at: instantOf(read.data.sys_updated_on), kind: read.data.event === "deleted" ? "deleted" : "changed", there: null }];
    },
  },
};
