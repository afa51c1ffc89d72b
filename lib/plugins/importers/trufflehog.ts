import { type AssetKind, type Importer, type Observed, type Recognition, type Source, type Yield } from "./contract";
import type { Limits } from "./limits";
import { fieldsAt, fieldsOf, numberAt, stringAt, stringsAt, valueAt, type Fields } from "./reading/fields";
import { readJsonLines } from "./reading/json-lines";
import { outline } from "./reading/json-outline";
import { leakedSecret } from "./reading/leaked-secret";
import { repositoryName } from "./reading/repository";
import { Tally } from "./reading/tally";

function recognises(head: string): Recognition {
  const { root, keys } = outline(head);
  if (root !== "object") return { verdict: "no", why: "a TruffleHog report has a JSON object in each line" };
  if (keys.has("SourceMetadata") && (keys.has("DetectorName") || keys.has("DetectorType"))) return { verdict: "yes", why: "`SourceMetadata` beside `DetectorName`" };
  if (keys.has("stringsFound") && keys.has("reason")) return { verdict: "yes", why: "`stringsFound` of TruffleHog 2" };
  return { verdict: "no", why: "no `SourceMetadata` with `DetectorName`" };
}

/** TruffleHog's JSON Lines (`--json`), of version 3 and 2. Values are covered as they are read. Lines of its own log are passed over. */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const tally = new Tally(limits);
  for await (const batch of readJsonLines(source, limits)) {
    for (const { value, line } of batch) if (!isLog(value)) yield* tally.made(readLine(value, limits), `line ${String(line)}`);
  }
  yield tally.part("trufflehog");
}

const isLog = (raw: Fields): boolean => stringAt(raw, "level") !== null && stringAt(raw, "msg") !== null && valueAt(raw, "SourceMetadata") === undefined;

function readLine(raw: Fields, limits: Limits): Observed | string {
  if (valueAt(raw, "stringsFound") !== undefined) return readOld(raw, limits);
  const key = stringAt(raw, "DetectorName");
  const data = fieldsAt(fieldsAt(raw, "SourceMetadata"), "Data");
  const kind = Object.keys(data)[0];
  if (key === null || kind === undefined) return "a secret needs a DetectorName and SourceMetadata";
  const place = fieldsOf(data[kind]);
  const asset = assetOf(kind, place);
  const verified = valueAt(raw, "Verified") === true;
  return leakedSecret(
    {
      recipe: "trufflehog",
      asset: asset?.name,
      assetKind: asset?.kind,
      rule: { key, name: `${key} credential`, tags: [kind.toLowerCase(), stringAt(raw, "DecoderName")?.toLowerCase()] },
      value: stringAt(raw, "Raw"),
      values: [stringAt(raw, "RawV2"), stringAt(raw, "Redacted")],
      path: stringAt(place, "file") ?? stringAt(place, "path") ?? stringAt(place, "channel_name") ?? stringAt(place, "link"),
      startLine: numberAt(place, "line"),
      commit: stringAt(place, "commit"),
      severity: verified ? "critical" : "high",
      severityWord: verified ? "verified" : "unverified",
      facts: [
        ["Verified", verified ? "yes, the secret works" : "no"],
        ["Found in", kind],
        ["Layer", stringAt(place, "layer")],
        ["Committed", stringAt(place, "timestamp")],
        ...Object.entries(fieldsAt(raw, "ExtraData")).slice(0, 20).flatMap(([name, value]) => (typeof value === "string" ? [[name.slice(0, 100), value.slice(0, 500)] as const] : [])),
      ],
      references: [stringAt(place, "link"), stringAt(fieldsAt(raw, "ExtraData"), "rotation_guide")],
    },
    limits,
  );
}

/** What was scanned, per kind of source; folders name nothing, their uploader does. */
function assetOf(kind: string, place: Fields): { name: string; kind: AssetKind } | null {
  const repository = repositoryName(stringAt(place, "repository") ?? "");
  if (repository !== null && !/^file:/i.test(stringAt(place, "repository") ?? "")) return { name: repository, kind: "repository" };
  const image = stringAt(place, "image");
  if (image !== null) return { name: `${image}${stringAt(place, "tag") === null ? "" : `:${stringAt(place, "tag") ?? ""}`}`, kind: "container" };
  const bucket = stringAt(place, "bucket");
  return bucket === null ? null : { name: bucket, kind: "cloud" };
}

/** Version 2 gives the whole difference of a commit and a list of what it found in it: a finding per list. */
function readOld(raw: Fields, limits: Limits): Observed | string {
  const [key, path] = [stringAt(raw, "reason"), stringAt(raw, "path")];
  if (key === null || path === null) return "a secret needs a reason and a path";
  const found = stringsAt(raw, "stringsFound", 100);
  return leakedSecret(
    {
      recipe: "trufflehog",
      rule: { key, name: key },
      value: found[0] ?? null,
      values: found,
      path,
      startLine: null,
      commit: stringAt(raw, "commitHash"),
      severity: "high",
      facts: [["Committed", stringAt(raw, "date")], ["Branch", stringAt(raw, "branch")]],
    },
    limits,
  );
}

export const trufflehog: Importer = { format: "trufflehog", label: "TruffleHog JSON Lines", media: ["json"], about: "repository", passes: 1, provesItsEnd: false, recognises, parse };
