import { z } from "zod";
import { CONNECTOR_SETTINGS, type ConnectorSettings } from "@/lib/domain/connector/kinds";
import { storable } from "@/lib/domain/storable";
import { render } from "@/lib/domain/ticket/template";
import { faultOf, markerText, OWN_WAY, readAnswer, sentAtOf } from "./answers";
import { TrackerFault, type Asking, type Check, type Connector, type Outgoing, type Place, type TrackerRequest } from "./contract";

type Settings = ConnectorSettings["custom"];
type Body = { [name: string]: string | Body };

/** What a text of the mapping may name in braces. */
function valuesOf({ payload, marker }: Outgoing): Readonly<Record<string, string>> {
  return {
    ticket: payload.ticket, environment: payload.environment, permalink: payload.permalink, title: payload.title, description: render(payload, "text"), summary: payload.description,
    severity: payload.severity, priority: payload.priority, category: payload.category ?? "", cwe: payload.cwe.map((cwe) => `CWE-${cwe}`).join(", "), cve: payload.cve.join(", "),
    cvss: payload.cvss?.score?.toFixed(1) ?? "", assets: payload.assets.join(", "), locations: payload.locations.join(", "), impact: payload.impact ?? "", actions: payload.actions.join("\n"),
    references: payload.references.join("\n"), assignee: payload.assignee ?? "", team: payload.team ?? "", cc: payload.cc.join(", "), labels: payload.labels.join(", "),
    acknowledgeBy: payload.acknowledgeBy ?? "", resolveBy: payload.resolveBy ?? "", marker: markerText(marker), findings: payload.findings.map(({ number }) => `F-${number}`).join(", "),
  };
}

/** A template with its values in it; braces around any other word stay as they are. */
const filled = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replace(/\{(\w+)\}/g, (all, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? "") : all));

/** The body of the request: each path of the mapping, its parts parted by dots. Names that a program might take for its own are data here. */
export function bodyOf(mapping: Readonly<Record<string, string>>, values: Readonly<Record<string, string>>): Body {
  const root: Body = Object.create(null);
  for (const [path, template] of Object.entries(mapping)) {
    const parts = path.split(".").filter(Boolean);
    const last = parts.pop();
    if (last === undefined) continue;
    let at = root;
    for (const part of parts) {
      const below = at[part];
      const next: Body = typeof below === "object" ? below : Object.create(null);
      at[part] = next;
      at = next;
    }
    at[last] = filled(template, values);
  }
  return root;
}

function headersOf({ settings, secret }: Place<Settings>, marker: string | null): Record<string, string> {
  return {
    Accept: "application/json", ...settings.headers, ...(secret === "" ? {} : { [settings.secretHeader]: secret }),
    ...(marker === null ? {} : { "Content-Type": "application/json", "Idempotency-Key": markerText(marker) }),
  };
}

function creation(place: Place<Settings>, ticket: Outgoing): TrackerRequest {
  return { method: place.settings.method, address: place.settings.address, headers: headersOf(place, ticket.marker), body: JSON.stringify(bodyOf(place.settings.body, valuesOf(ticket)), null, 2) };
}

/** What stands at a path of an answer: a text or a number. */
function at(body: unknown, path: string): string | null {
  let here = body;
  for (const part of path.split(".").filter(Boolean)) {
    const inside = z.record(z.string(), z.unknown()).safeParse(here);
    here = inside.success ? inside.data[part] : undefined;
  }
  const read = z.union([z.string().min(1).max(2_000), z.number().transform(String)]).safeParse(here);
  return read.success ? read.data : null;
}

async function test(place: Asking<Settings>): Promise<readonly Check[]> {
  const answer = await place.ask({ method: "GET", address: place.settings.address, headers: headersOf(place, null), body: null });
  if ([401, 403, 407].includes(answer.status) || answer.status >= 500 || (answer.status >= 300 && answer.status < 400)) throw faultOf(answer, "Asking its address");
  if (answer.status === 404 || answer.status === 410) return [{ name: "reachable", ok: false, detail: `There is nothing at ${place.settings.address}: status ${answer.status}.`, fix: "Look at the address: an interface that takes new tickets alone answers 405 here." }];
  return [
    { name: "reachable", ok: true, detail: `${place.settings.address} answers with status ${answer.status}.`, fix: null },
    { name: "credentials", ok: true, detail: "It did not refuse us.", fix: null },
    { name: "fields", ok: true, detail: "What it requires is seen with the first ticket: look at the request before it is sent.", fix: null },
  ];
}

/** What a sender of one's own says of an issue. */
const told = z.object({
  key: z.union([z.string().min(1).max(200), z.number().transform(String)]), status: z.string().max(100).nullish(),
  done: z.boolean().default(false), started: z.boolean().default(false), assignee: z.string().max(300).nullish(), title: z.string().max(1_000).nullish(), severity: z.string().max(50).nullish(),
  event: z.enum(["changed", "deleted"]).default("changed"), at: z.iso.datetime({ offset: true }).nullish(),
  labels: z.array(z.string().max(200)).max(100).optional(), by: z.string().max(200).nullish(),
});

/** When it was so: as the body says, else when it was sent. What nobody dates would be news whenever it comes: whoever has seen it once could send an old Done again. */
const dateOf = ({ at: when }: z.output<typeof told>, headers: Readonly<Record<string, string>>): Date | null => (when ? new Date(when) : sentAtOf(headers));

/** Any interface that takes JSON: its address, headers and fields are given. It cannot be searched, so a doubt is a person's to end. */
export const custom: Connector<Settings> = {
  kind: "custom",
  settings: CONNECTOR_SETTINGS.custom,
  writes: "text",
  describe: ({ payload }) => render(payload, "text"),
  creation,
  create: async (place, ticket) => {
    const body = readAnswer(await place.ask(creation(place, ticket)), z.unknown(), "Creating the ticket", true);
    const key = at(body, place.settings.key);
    if (key === null) {
      const said = z.object({ error: z.unknown() }).safeParse(body);
      throw new TrackerFault("in_doubt", said.success ? "It answers that all is well, with an error inside." : `The answer has nothing at ${place.settings.key}.`, "Look whether the ticket is there, and mend the path of its number in the settings.");
    }
    return { key: storable(key, 200), id: null, url: place.settings.url ? linkAt(body, place.settings.url) : null };
  },
  find: null,
  update: null,
  comment: null,
  said: null,
  look: null,
  lookAll: null,
  changes: null,
  test,
  hook: {
    ...OWN_WAY,
    read: (body, headers) => {
      const said = told.safeParse(body);
      if (!said.success) return [];
      const { key, event, status, done, started, assignee, title, severity, labels, by } = said.data;
      const when = dateOf(said.data, headers);
      if (when === null) return [];
      return [{ key, at: when, kind: event, there: { key, id: null, url: null, status: status ?? null, isDone: done, isStarted: started, assignee: assignee ?? null, title: title ?? null, severity: severity ?? null, updatedAt: when, ...(labels ? { labels } : {}) }, by: by ?? null }];
    },
    isUndated: (body, headers) => {
      const said = told.safeParse(body);
      return said.success && dateOf(said.data, headers) === null;
    },
  },
};

/** An address that may be opened; anything else is none. */
function linkAt(body: unknown, path: string): string | null {
  const found = at(body, path);
  return found !== null && /^https?:\/\//i.test(found) && URL.canParse(found) ? found : null;
}

