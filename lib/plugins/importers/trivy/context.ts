import type { AssetKind } from "../contract";
import type { Limits } from "../limits";
import { fieldsAt, stringAt } from "../reading/fields";
import { line } from "../reading/plain-text";

/** What surrounds a Trivy entry: the list it stands in and the thing that was scanned. */
export type EntryContext = {
  asset: string | null;
  assetKind: AssetKind | null;
  /** `namespace/Kind/name` in a cluster report, else empty. */
  resource: string;
  target: string;
  /** `os-pkgs`, `lang-pkgs`, `config`, `secret` … */
  sort: string;
  /** The ecosystem in Trivy's words: `alpine`, `node-pkg`, `jar`; null where the report gives none. */
  ecosystem: string | null;
  /** Name of the compliance control, in compliance reports. */
  control: string | null;
  suppressed: boolean;
  limits: Limits;
};

/** ArtifactType → what kind of asset that is. */
const KINDS: ReadonlyMap<string, AssetKind> = new Map([
  ["container_image", "container"],
  ["filesystem", "repository"],
  ["repository", "repository"],
  ["vm", "host"],
  ["aws_account", "cloud"],
]);

/** The asset an ordinary report names; a folder called `.` names nothing, its uploader does. */
export function artifactAsset(name: string | null, type: string | null): { name: string; kind: AssetKind } | null {
  const plain = line(name, 300).replace(/^(?:\.\/)+/, "");
  if (plain === "" || plain === "." || plain === "/") return null;
  return { name: plain, kind: KINDS.get(type ?? "") ?? "application" };
}

/** The asset of one report of the operator: the workload that it is about, container included. */
export function workloadAsset(metadata: { name: string | null; namespace: string | null; labels: unknown }): { name: string; kind: AssetKind } | null {
  const { labels } = metadata;
  const kind = stringAt(labels, "trivy-operator.resource.kind");
  const name = stringAt(labels, "trivy-operator.resource.name");
  if (kind === null || name === null) return null;
  const namespace = stringAt(labels, "trivy-operator.resource.namespace") ?? metadata.namespace;
  const steps = [namespace, kind, stableName(kind, name), stringAt(labels, "trivy-operator.container.name")];
  const plain = line(steps.map((step) => line(step, 300)).filter((step) => step !== "").join("/"), 300);
  return plain === "" ? null : { name: plain, kind: "container" };
}

/** A replica set or pod without the hash that each rollout gives it anew. */
export function stableName(kind: string, name: string): string {
  return /^(?:replicaset|pod)$/i.test(kind) ? name.replace(HASHES, "") : name;
}

/** `default/replicaset-web-6f985bb6bd` → `default/replicaset-web`. */
export const stableTarget = (target: string): string =>
  /(?:^|\/)(?:replicaset|pod)-/i.test(target) ? target.replace(HASHES, "") : target;

/** The alphabet of Kubernetes' generated names has no vowels; one digit at least tells a hash from a word. */
const HASHES = /-(?=[a-z]*\d)[bcdfghjklmnpqrstvwxz2456789]{6,10}(?:-[bcdfghjklmnpqrstvwxz2456789]{5})?$/;

/** A message without the hashes of the workloads it names. */
export const stableMessage = (message: string): string => message.replaceAll(HASHES_INSIDE, "");

const HASHES_INSIDE = /-(?=[a-z]*\d)[bcdfghjklmnpqrstvwxz2456789]{6,10}(?:-[bcdfghjklmnpqrstvwxz2456789]{5})?(?=['"\s/]|$)/g;

/** `src/main.tf:3` or the resource, whatever the entry says, with the workload before it. */
export function locationOf(context: EntryContext, place: string): string {
  return line([context.resource, place].filter((part) => part !== "").join(": "), context.limits.locationChars);
}

export const layerOf = (raw: unknown): string | null => stringAt(fieldsAt(raw, "Layer"), "CreatedBy");
