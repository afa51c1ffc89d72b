import { env } from "@/lib/env";
import { ok, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { openConnector, openDraft, type OpenConnector } from "@/lib/gate/connectors";
import { ask } from "@/lib/outbound";
import { TrackerFault, type Check } from "@/lib/plugins/connectors/contract";
import { openTracker } from "@/lib/plugins/connectors/registry";
import type { Notifier } from "@/lib/plugins/notifiers/contract";
import { notifierOf } from "@/lib/plugins/notifiers/registry";

/** Who greets a mail server; nobody is written to. */
const SENDER = "docket@localhost";
const LIMITS = { timeout: 10_000, maxBytes: 5_000_000 };

/** What the button "Test" found, in the order in which it looked. */
export type Tried = { ok: boolean; checks: readonly Check[] };

/** A fault as the check that it stands for: what came before it went well. */
function checkOf(fault: TrackerFault): Check {
  const name = { unreachable: "reachable", in_doubt: "reachable", server: "reachable", limited: "reachable", credentials: "credentials", permission: "permission", invalid: "fields", gone: "permission" } as const;
  return { name: name[fault.kind], ok: false, detail: fault.message.slice(0, 500), fix: fault.fix ?? "Try again in a while; where it stays so, ask whoever runs it." };
}

/**
 * Tries a connector, `{environment, connector}`, outside any transaction: is it reached, are we known, may we write there, and is every field that it
 * requires given? Says of each what to mend. What came of it is kept by `recordTest`.
 */
export async function tryConnector(actor: Actor, raw: unknown): Promise<Result<Tried>> {
  const opened = await openConnector(actor, raw);
  return opened.ok ? ok(await tried(opened.value)) : opened;
}

/** Tries what a form says before it is saved, `{environment, id?, kind, settings, secret?}`. Nothing is kept of it. */
export async function tryDraft(actor: Actor, raw: unknown): Promise<Result<Tried>> {
  const draft = await openDraft(actor, raw);
  return draft.ok ? ok(await tried(draft.value)) : draft;
}

async function tried({ kind, settings, secret }: Pick<OpenConnector, "kind" | "settings" | "secret">): Promise<Tried> {
  const tracker = openTracker(kind, { settings, secret }, (request) => ask(request, { ...LIMITS, allowInside: env.DOCKET_TRACKERS_INSIDE === "1" }));
  if (!tracker) return mailTried(env.SMTP_URL === undefined ? null : notifierOf(env.SMTP_URL, SENDER));
  try {
    const checks = await tracker.test();
    return { ok: checks.every((check) => check.ok), checks };
  } catch (error) {
    if (!(error instanceof TrackerFault)) throw error;
    return { ok: false, checks: [checkOf(error)] };
  }
}

/** Letters go through the mail server of this installation: it is asked whether it is there and knows us. No letter is sent. */
export async function mailTried(notifier: Notifier | null): Promise<Tried> {
  if (!notifier) return { ok: false, checks: [{ name: "reachable", ok: false, detail: "No mail server is set.", fix: "Set SMTP_URL, and start anew." }] };
  const why = await notifier.verify().finally(() => notifier.close());
  const detail = why === null ? "The mail server of this installation answers, and letters go out through it." : `The mail server of this installation does not take us: ${why}`;
  return { ok: why === null, checks: [{ name: "reachable", ok: why === null, detail, fix: why === null ? null : "Look at SMTP_URL, and whether that server runs." }] };
}

/** What came of it in one line, for the log. */
export const lineOf = ({ checks }: Tried): string => checks.filter((check) => !check.ok).map(({ detail, fix }) => [detail, fix].filter(Boolean).join(" ")).join(" ").slice(0, 2_000);
