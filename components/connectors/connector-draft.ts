import { addressOf, CONNECTOR_SETTINGS, connectorRule, type ConnectorKind, type SettingField } from "@/lib/domain/connector/kinds";
import type { Refusal } from "@/lib/domain/refusal";
import type { ConnectorView } from "@/lib/domain/views/connectors";

export type Pair = { left: string; right: string };

/** The form of a connector as it is typed. `secret` null: what is kept stays. */
export type ConnectorDraft = { kind: ConnectorKind; name: string; enabled: boolean; lag: string; secret: string | null; texts: Readonly<Record<string, string>>; pairs: Readonly<Record<string, readonly Pair[]>> };

const LAG_SECONDS = "60";

function textOf(value: unknown): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.join(", ");
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

const pairsOf = (value: unknown): Pair[] => (typeof value === "object" && value !== null ? Object.entries(value).map(([left, right]) => ({ left, right: textOf(right) })) : []);

/** What a setting is where nobody says otherwise. */
function defaultOf(kind: ConnectorKind, key: string): unknown {
  const { shape } = CONNECTOR_SETTINGS[kind];
  const field = Object.entries(shape).find(([name]) => name === key)?.[1];
  return field?.safeParse(undefined).data;
}

/** The settings' fields of a kind; the secret has a place of its own. */
export const fieldsOf = (kind: ConnectorKind): readonly SettingField[] => connectorRule(kind).fields.filter((field) => field.kind !== "secret");

/** The form of a kind: empty with its defaults, or as a connector stands. */
export function draftOf(kind: ConnectorKind, connector: ConnectorView | null): ConnectorDraft {
  const valueOf = (key: string): unknown => (connector ? connector.settings[key] : defaultOf(kind, key));
  const fields = fieldsOf(kind);
  return {
    kind, name: connector?.name ?? "", enabled: connector?.enabled ?? true, lag: String(connector?.lagSeconds ?? LAG_SECONDS), secret: connector?.hasSecret ? null : "",
    texts: Object.fromEntries(fields.filter((field) => field.kind !== "pairs").map(({ key }) => [key, textOf(valueOf(key))])),
    pairs: Object.fromEntries(fields.filter((field) => field.kind === "pairs").map(({ key }) => [key, pairsOf(valueOf(key))])),
  };
}

/** The settings that the form says: what is left empty is the kind's default, or missing where there is none; pairs without a left side are none. */
export function settingsOf({ kind, texts, pairs }: Pick<ConnectorDraft, "kind" | "texts" | "pairs">): Record<string, unknown> {
  const isNeeded = (key: string) => fieldsOf(kind).some((field) => field.key === key && field.required) && defaultOf(kind, key) === undefined;
  const said = Object.entries(texts).map(([key, text]) => [key, text.trim()] as const).filter(([key, text]) => text !== "" || isNeeded(key));
  const paired = Object.entries(pairs).map(([key, all]) => [key, Object.fromEntries(all.filter(({ left }) => left.trim() !== "").map(({ left, right }) => [left.trim(), right.trim()]))] as const);
  return Object.fromEntries([...said, ...paired]);
}

/** Is the secret to be given: there is none yet, or it would go to another address? */
export function needsSecret(draft: ConnectorDraft, connector: ConnectorView | null): boolean {
  if (connectorRule(draft.kind).secret === null) return false;
  if (!connector?.hasSecret) return true;
  return addressOf(draft.kind, settingsOf(draft)) !== addressOf(draft.kind, connector.settings);
}

/** What is asked of the server; `secret` only where one was typed. */
export function requestOf(draft: ConnectorDraft, connector: ConnectorView | null) {
  const { kind, name, enabled, lag, secret } = draft;
  const given = secret === null || secret === "" ? {} : { secret };
  return { kind, name: name.trim(), enabled, settings: settingsOf(draft), lagSeconds: Number(lag), ...given, ...(connector ? { id: connector.id, version: connector.version } : {}) };
}

/** The faults of a refusal by the field that they stand at. */
export function faultsOf(refusal: Refusal): Readonly<Record<string, string>> {
  const at = (path: string): string => (path.startsWith("settings.") ? (path.split(".")[1] ?? path) : path);
  return Object.fromEntries((refusal.errors ?? []).toReversed().map(({ path, message }) => [at(path), message]));
}

/** The faults that still stand after a change: those of fields that are as they were. */
export function faultsAfter(faults: Readonly<Record<string, string>>, before: ConnectorDraft, next: ConnectorDraft): Readonly<Record<string, string>> {
  const own: Readonly<Record<string, boolean>> = { name: before.name === next.name, secret: before.secret === next.secret, lagSeconds: before.lag === next.lag };
  const isSame = (key: string) => own[key] ?? (before.kind === next.kind && before.texts[key] === next.texts[key] && before.pairs[key] === next.pairs[key]);
  return Object.fromEntries(Object.entries(faults).filter(([key]) => isSame(key)));
}
