import { z } from "zod";
import type { Destination } from "@/lib/domain/ticket/words";

/** A destination that is reached through a connector. */
export type ConnectorKind = Exclude<Destination, "internal">;
export const CONNECTOR_KINDS = ["jira_cloud", "jira_dc", "servicenow", "github", "custom", "email"] as const satisfies readonly ConnectorKind[];

/** A field of the settings screen. `secret` goes into the envelope and is never read back; `pairs` is a record of texts. */
export type SettingField = {
  key: string; label: string; kind: "text" | "address" | "secret" | "choice" | "pairs" | "multiline"; required: boolean; help?: string; placeholder?: string;
  choices?: readonly { value: string; label: string }[];
};

const text = (most: number) => z.string().trim().max(most);
const needed = (what: string, most = 200) => text(most).min(1, `${what} is missing.`);
const address = z.url({ protocol: /^https?$/, error: "This is no http(s) address." }).max(1_000)
  .refine((given) => !/\/\/[^/]*@|[?#]/.test(given), "An address carries neither a password nor a query.").transform((given) => given.replace(/\/+$/, ""));
const pairs = (most: number) => z.record(text(200).min(1), text(4_000)).refine((given) => Object.keys(given).length <= most, `At most ${most} pairs.`);
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const headers = pairs(30).refine((given) => Object.entries(given).every(([name, value]) => token.test(name) && !/[\r\n\0]/.test(value)), "A header has a name without spaces and a value of one line.");
const logins = z.record(z.email({ error: "Not every one on the left is an e-mail address." }).max(320), text(100).regex(/^[\w-]+$/, "Not every one on the right is a user name.")).refine((given) => Object.keys(given).length <= 500, "At most 500 pairs.");
const emails = text(2_000).transform((given) => given.split(/[\s,;]+/).filter(Boolean)).pipe(z.array(z.email({ error: "Not every one of these is an e-mail address." }).max(320)).max(30));
const emailList = z.union([z.array(z.email().max(320)).max(30), emails]);

/** What comes back: which status over there moves the remediation, and whether its Done may close the ticket here. */
const back = {
  mapping: z.record(text(100).min(1), z.enum(["in_progress", "resolved"])).refine((given) => Object.keys(given).length <= 100, "At most 100 pairs.").default({}),
  closes: z.union([z.boolean(), z.enum(["yes", "no"]).transform((given) => given === "yes")]).default(false),
};
const JIRA_PRIORITIES = { urgent: "Highest", high: "High", medium: "Medium", low: "Low" };
const jira = {
  address, project: needed("The project's key", 100).regex(/^[A-Za-z][A-Za-z0-9_]*$/, "This is no key of a project."), issueType: needed("The issue type", 100).default("Task"),
  priorities: pairs(4).default(JIRA_PRIORITIES), fields: pairs(50).default({}), ...back,
};

/** The settings of each kind: asked of by the form, by the gate and by whoever sends. */
export const CONNECTOR_SETTINGS = {
  jira_cloud: z.strictObject({ ...jira, user: z.email({ error: "This is no e-mail address." }).max(320) }),
  jira_dc: z.strictObject(jira),
  servicenow: z.strictObject({
    address, user: needed("The user"), table: needed("The table", 80).regex(/^[a-z][a-z0-9_]*$/, "This is no name of a table.").default("incident"),
    category: text(100).default(""), group: text(100).default(""), severityField: text(80).regex(/^[a-z0-9_]*$/, "This is no name of a field.").default(""), fields: pairs(50).default({}), ...back,
  }),
  github: z.strictObject({ address: address.default("https://api.github.com"), repository: needed("The repository").regex(/^[\w.-]+\/[\w.-]+$/, "Write it as owner/name."), labels: pairs(4).default({}), people: logins.default({}), ...back }),
  custom: z.strictObject({
    address, method: z.enum(["POST", "PUT"]).default("POST"), headers: headers.default({}), secretHeader: text(100).regex(token, "This is no name of a header.").default("Authorization"),
    body: pairs(50).refine((given) => Object.keys(given).length > 0, "Without a field nothing would be sent.").default({ title: "{title}", description: "{description}", severity: "{severity}" }),
    key: needed("Where the answer names the ticket").default("id"), url: text(200).default(""), ...back,
  }),
  email: z.strictObject({ to: emailList.refine((given) => given.length > 0, "Somebody has to get it."), cc: emailList.default([]) }),
} as const satisfies Record<ConnectorKind, z.ZodType>;
export type ConnectorSettings = { [Kind in ConnectorKind]: z.output<(typeof CONNECTOR_SETTINGS)[Kind]> };

type KindRule = {
  label: string;
  /** what its secret is called; null: it has none. `optional`: it may go without. */
  secret: { label: string; optional?: boolean } | null;
  /** The setting that says where secrets are sent: another one asks for the secret anew. */
  address: string | null;
  /** Can a ticket be found there by its marker? Where it cannot, only a person ends a doubt. */
  isSearched: boolean;
  fields: readonly SettingField[];
};

const addressField = (placeholder: string): SettingField => ({ key: "address", label: "Address", kind: "address", required: true, placeholder, help: "A new address asks for the secret anew." });
const secretField = (label: string, required: boolean, help?: string): SettingField => ({ key: "secret", label, kind: "secret", required, ...(help ? { help } : {}) });
const moreFields: SettingField = { key: "fields", label: "Further fields", kind: "pairs", required: false, help: "By name or id, for what this project requires. A value that is JSON is sent as such." };
const backFields: readonly SettingField[] = [
  { key: "mapping", label: "Status moves remediation", kind: "pairs", required: false, help: "Its status on the left; in_progress or resolved on the right." },
  { key: "closes", label: "Its Done closes the ticket here", kind: "choice", required: false, choices: [{ value: "no", label: "No: it is listed to be closed here" }, { value: "yes", label: "Yes, as the tracker's user" }] },
];
const jiraFields: readonly SettingField[] = [
  { key: "project", label: "Project", kind: "text", required: true, placeholder: "SEC" },
  { key: "issueType", label: "Issue type", kind: "text", required: true, placeholder: "Task" },
  { key: "priorities", label: "Priorities", kind: "pairs", required: false, help: "Ours on the left (urgent, high, medium, low), its own on the right. None: the project's default." },
  moreFields, ...backFields,
];

export const CONNECTOR_RULES = {
  jira_cloud: {
    label: "Jira Cloud", secret: { label: "API token" }, address: "address", isSearched: true,
    fields: [addressField("https://your-team.atlassian.net"), { key: "user", label: "User", kind: "text", required: true, help: "the e-mail address of the token" }, secretField("API token", true), ...jiraFields],
  },
  jira_dc: {
    label: "Jira Data Center", secret: { label: "Personal access token" }, address: "address", isSearched: true,
    fields: [addressField("https://jira.example.com"), secretField("Personal access token", true), ...jiraFields],
  },
  servicenow: {
    label: "ServiceNow", secret: { label: "Password" }, address: "address", isSearched: true,
    fields: [
      addressField("https://your-company.service-now.com"), { key: "user", label: "User", kind: "text", required: true }, secretField("Password", true),
      { key: "table", label: "Table", kind: "text", required: true, placeholder: "incident", help: "A closed ticket that is opened again is looked for in the table that stands here." }, { key: "category", label: "Category", kind: "text", required: false },
      { key: "group", label: "Assignment group", kind: "text", required: false, help: "Its name, or its sys_id." },
      { key: "severityField", label: "Field of the severity", kind: "text", required: false, help: "A text field that takes critical, high, medium or low; it is compared when it changes over there." },
      moreFields, ...backFields,
    ],
  },
  github: {
    label: "GitHub issues", secret: { label: "Token" }, address: "address", isSearched: true,
    fields: [
      { ...addressField("https://api.github.com"), required: false }, { key: "repository", label: "Repository", kind: "text", required: true, placeholder: "owner/name", help: "Where its tickets stand. For another repository add a connector: from this one they would count as gone there." },
      secretField("Token", true, "Reads and writes issues of this repository; nothing else."),
      { key: "labels", label: "Labels of priorities", kind: "pairs", required: false, help: "urgent, high, medium, low on the left; the label on the right." },
      { key: "people", label: "User names of people", kind: "pairs", required: false, help: "E-mail address on the left, user name over there on the right. Whoever is not named here is not assigned there." }, ...backFields,
    ],
  },
  custom: {
    label: "Custom API", secret: { label: "Value of the secret header", optional: true }, address: "address", isSearched: false,
    fields: [
      addressField("https://tickets.example.com/api/items"),
      { key: "method", label: "Method", kind: "choice", required: true, choices: [{ value: "POST", label: "POST" }, { value: "PUT", label: "PUT" }] },
      { key: "headers", label: "Headers", kind: "pairs", required: false, help: "What may be read by everybody who sees this page. The secret has a field of its own." },
      { key: "secretHeader", label: "Secret header", kind: "text", required: false, placeholder: "Authorization" }, secretField("Value of the secret header", false, "The whole value: Bearer …"),
      { key: "body", label: "Fields of the body", kind: "pairs", required: true, help: "A path on the left (issue.title), a text on the right: {title}, {description}, {severity}, {priority}, {ticket}, {permalink}, {marker} …" },
      { key: "key", label: "Its number in the answer", kind: "text", required: true, placeholder: "id" }, { key: "url", label: "Its address in the answer", kind: "text", required: false, placeholder: "links.self" }, ...backFields,
    ],
  },
  email: {
    label: "E-mail", secret: null, address: null, isSearched: false,
    fields: [{ key: "to", label: "To", kind: "text", required: true, placeholder: "fixes@example.com" }, { key: "cc", label: "Copy to", kind: "text", required: false }],
  },
} as const satisfies Record<ConnectorKind, KindRule>;

/** The rule of a kind, with the type that all have in common. */
export const connectorRule = (kind: ConnectorKind): KindRule => CONNECTOR_RULES[kind];

/** Where a connector's secrets go: two with the same answer may share one. */
export function addressOf(kind: ConnectorKind, settings: Readonly<Record<string, unknown>>): string | null {
  const { address: key } = connectorRule(kind);
  const given = key === null ? null : settings[key];
  return typeof given === "string" && URL.canParse(given) ? new URL(given).href : null;
}

/**
 * Where a connector's tickets are looked for and nowhere else, so that with another one there all of them count as gone. Null: they are found whatever the
 * settings say (Jira), or the settings may follow what was renamed, and whoever looks sees whether it is the same issue (GitHub).
 */
export const homeOf = (kind: ConnectorKind, settings: Readonly<Record<string, unknown>>): string | null => (kind === "servicenow" && typeof settings["table"] === "string" ? settings["table"] : null);
