// Every variable that Docket reads, with its rule. Both the launcher (plain JavaScript, before anything is compiled)
// and lib/env.ts ask this one table.
import { z } from "zod";

const onOff = z.enum(["0", "1"], { error: "must be 0 or 1" });
const httpAddress = z.url({ protocol: /^https?$/, error: "must be an address that begins with http:// or https://" });
const postgresAddress = z.url({ protocol: /^postgres(ql)?$/, error: "must be an address that begins with postgresql://" });
const perMinute = z.coerce.number({ error: "must be a number" }).int("must be a whole number").min(1, "must be at least 1").max(1_000_000, "must be at most 1000000");
const secret = z.string().min(32, "must have at least 32 characters");

export const environmentSchema = z
  .object({
    /** Where the web server listens. */
    PORT: z.coerce.number({ error: "must be a port number" }).int("must be a port number").min(1, "must be from 1 to 65535").max(65535, "must be from 1 to 65535").default(3000),
    HOST: z.string().regex(/^[a-z0-9.:_-]+$/i, "must be a host name or an address").max(253).default("127.0.0.1"),
    /** Unset: the embedded PostgreSQL; the launcher then sets it for the processes it starts. */
    DATABASE_URL: postgresAddress.optional(),
    /** Embedded database and generated secrets. Relative to the checkout. */
    DOCKET_DATA_DIR: z.string().max(4096).default(".docket"),
    /** Load the demo environment into an empty database. Unset: only into a new embedded one. */
    DOCKET_DEMO: onOff.optional(),
    /** Whether the demo accounts may sign in. The launcher derives it; unset means no. */
    DOCKET_DEMO_ACCOUNTS: onOff.default("0"),
    /** Run the worker inside `npm start`. */
    DOCKET_WORKER: onOff.default("1"),
    /** How many calls, and how many imports, one token may make in a minute. */
    DOCKET_CALLS_A_MINUTE: perMinute.default(600),
    DOCKET_IMPORTS_A_MINUTE: perMinute.default(120),
    DOCKET_HOOKS_A_MINUTE: perMinute.default(60_000),
    /** The address that people open; derived from HOST and PORT when unset. */
    AUTH_URL: httpAddress.optional(),
    /** A proxy of one's own stands in front: the address that it appends to X-Forwarded-For is the caller's. Else the socket's is. */
    DOCKET_PROXY: onOff.default("0"),
    /** Signs sessions. */
    AUTH_SECRET: secret.optional(),
    /** 32 bytes as 64 hexadecimal digits: the key of secrets stored in the database. */
    DOCKET_SECRET_KEY: z.string().regex(/^[0-9a-f]{64}$/i, "must be 64 hexadecimal digits").optional(),
    SMTP_URL: z.url({ protocol: /^smtps?$/, error: "must be an address that begins with smtp:// or smtps://" }).optional(),
    /** Whom letters come from; unset: docket at the host of AUTH_URL. */
    DOCKET_MAIL_FROM: z.email("must be an e-mail address").max(320).optional(),
    OIDC_ISSUER: httpAddress.optional(),
    OIDC_CLIENT_ID: z.string().max(500).optional(),
    OIDC_CLIENT_SECRET: z.string().max(2000).optional(),
    /** The largest report as it is sent (gzip counts compressed), in MiB. */
    DOCKET_MAX_UPLOAD_MB: z.coerce.number({ error: "must be a number" }).int("must be a whole number").min(1, "must be at least 1").max(16384, "must be at most 16384").default(512),
    /** The largest report once it is unpacked, in MiB: one number for every format and for plain files too. */
    DOCKET_MAX_UNPACKED_MB: z.coerce.number({ error: "must be a number" }).int("must be a whole number").min(1, "must be at least 1").max(65_536, "must be at most 65536").default(4096),
    /** For how many days the file of a report is kept after its scan has settled; 0: for ever. */
    DOCKET_KEEP_FILES_DAYS: z.coerce.number({ error: "must be a number" }).int("must be a whole number").min(0, "must be at least 0").max(36_500, "must be at most 36500").default(30),
    /** Trackers may lie inside this network. Unset or 0: addresses of private networks and of this machine are never asked. */
    DOCKET_TRACKERS_INSIDE: onOff.default("0"),
    NODE_ENV: z.enum(["development", "production", "test"]).optional(),
  })
  .superRefine((environment, context) => {
    const parts = ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"];
    const missing = parts.filter((name) => environment[name] === undefined);
    if (missing.length === 0 || missing.length === parts.length) return;
    for (const name of missing) context.addIssue({ code: "custom", path: [name], message: "is missing: single sign-on needs all three OIDC variables" });
  });

/** Names whose value must not be repeated on a screen. */
const SECRETS = new Set(["DATABASE_URL", "AUTH_SECRET", "DOCKET_SECRET_KEY", "SMTP_URL", "OIDC_CLIENT_SECRET"]);

/**
 * Reads the variables; an empty one counts as unset.
 * @param {Record<string, string | undefined>} source
 * @returns {{ ok: true, environment: z.infer<typeof environmentSchema> } | { ok: false, faults: string[] }} one sentence per fault
 */
export function readEnvironment(source) {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = environmentSchema.safeParse(given);
  if (parsed.success) return { ok: true, environment: parsed.data };
  const faults = parsed.error.issues.map(({ path: [name], message }) => {
    const shown = given[name] === undefined || SECRETS.has(name) ? "" : ` (it is ${JSON.stringify(given[name].slice(0, 80))})`;
    return `${String(name)} ${message}${shown}`;
  });
  return { ok: false, faults: [...new Map(faults.map((fault) => [fault.split(" ", 1)[0], fault])).values()] };
}
