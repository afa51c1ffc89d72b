import { z } from "zod";
import type { ConnectorSettings } from "@/lib/domain/connector/kinds";
import { faultOf, readAnswer } from "./answers";
import type { Check, TrackerAnswer } from "./contract";

type Settings = ConnectorSettings["jira_dc"];
/** `get` asks for a path of the interface, with a query before it. */
type Looking = { settings: Settings; get: (query: string, ...parts: string[]) => Promise<TrackerAnswer> };

const permissions = z.object({ permissions: z.record(z.string(), z.object({ havePermission: z.boolean() })) });
const NEEDED = { BROWSE_PROJECTS: "Browse projects", CREATE_ISSUES: "Create issues", EDIT_ISSUES: "Edit issues", ADD_COMMENTS: "Add comments" } as const;
const types = z.object({ issueTypes: z.array(z.object({ id: z.string(), name: z.string() })).nullish(), values: z.array(z.object({ id: z.string(), name: z.string() })).nullish() });
const metaField = z.object({ fieldId: z.string(), name: z.string().default(""), required: z.boolean(), hasDefaultValue: z.boolean().default(false) });
const metaFields = z.object({ fields: z.array(metaField).nullish(), values: z.array(metaField).nullish() });

/** Who we are there, what we may do in the project, and whether a ticket of ours would be taken; one question after the other. */
export async function tested({ settings, get }: Looking): Promise<readonly Check[]> {
  const { project } = settings;
  const me = await get("", "myself");
  if (me.status !== 200) throw faultOf(me, "Asking who we are");
  const { displayName } = readAnswer(me, z.object({ displayName: z.string() }), "Asking who we are", false);
  const mine = readAnswer(await get(`?projectKey=${encodeURIComponent(project)}&permissions=${Object.keys(NEEDED).join(",")}`, "mypermissions"), permissions, `Asking for project ${project}`, false).permissions;
  const lacking = Object.entries(NEEDED).filter(([name]) => mine[name]?.havePermission !== true).map(([, label]) => label);
  const checks: Check[] = [
    { name: "reachable", ok: true, detail: settings.address, fix: null },
    { name: "credentials", ok: true, detail: `It knows us as ${displayName}.`, fix: null },
    { name: "permission", ok: lacking.length === 0, detail: lacking.length === 0 ? `It may create, edit and comment in ${project}.` : `In ${project} it lacks: ${lacking.join(", ")}.`, fix: lacking.length === 0 ? null : `Grant ${lacking.join(", ")} to ${displayName} in the project's permissions.` },
  ];
  return lacking.includes(NEEDED.CREATE_ISSUES) ? checks : [...checks, await typeCheck({ settings, get })];
}

async function typeCheck({ settings, get }: Looking): Promise<Check> {
  const { project, issueType } = settings;
  const known = readAnswer(await get("?maxResults=200", "issue", "createmeta", project, "issuetypes"), types, `Asking for the issue types of ${project}`, false);
  const all = known.issueTypes ?? known.values ?? [];
  const type = all.find(({ name }) => name.toLowerCase() === issueType.toLowerCase());
  if (!type) return { name: "fields", ok: false, detail: `${project} has no issue type ${issueType}.`, fix: `Take one of: ${all.map(({ name }) => name).join(", ").slice(0, 300)}.` };
  const meta = readAnswer(await get("?maxResults=200", "issue", "createmeta", project, "issuetypes", type.id), metaFields, `Asking for the fields of ${issueType}`, false);
  return fieldsCheck(settings, meta.fields ?? meta.values ?? []);
}

/** Is everything given that the create screen requires, and does it have what we send? Without labels a ticket could not be found again. */
export function fieldsCheck(settings: Pick<Settings, "fields" | "priorities" | "issueType">, fields: readonly z.output<typeof metaField>[]): Check {
  const sent = new Set(["project", "issuetype", "summary", "description", "labels", "reporter", ...(Object.keys(settings.priorities).length > 0 ? ["priority"] : []), ...Object.keys(settings.fields)]);
  const missing = fields.filter(({ required, hasDefaultValue, fieldId }) => required && !hasDefaultValue && !sent.has(fieldId));
  if (missing.length > 0) {
    const named = missing.map(({ name, fieldId }) => `${name} (${fieldId})`).join(", ");
    return { name: "fields", ok: false, detail: `${settings.issueType} requires ${named}.`, fix: "Give each a value under Further fields, by its id." };
  }
  const there = new Set(fields.map(({ fieldId }) => fieldId));
  if (!there.has("labels")) return { name: "fields", ok: false, detail: `The create screen of ${settings.issueType} has no labels: a ticket could not be found again.`, fix: "Put Labels on the create screen of this issue type." };
  if (sent.has("priority") && !there.has("priority")) return { name: "fields", ok: false, detail: `The create screen of ${settings.issueType} has no priority.`, fix: "Take all pairs away under Priorities, or put Priority on the screen." };
  return { name: "fields", ok: true, detail: "All fields that it requires are sent.", fix: null };
}
