import { z } from "zod";
import { note, number, version } from "@/lib/domain/finding/input";
import { ASSET_KINDS, COVERAGE_DAYS, COVERAGES, EXPOSURES, LIFE_STAGES, SENSITIVITIES } from "./words";

/** Bounds of what people send about assets. */
export const MAX_ASSET_NAME = 300;
export const MAX_BULK_ASSETS = 5_000;
export const MAX_SHEET_BYTES = 5 * 1024 * 1024;
export const MAX_SHEET_ROWS = 20_000;
const MAX_CHOICES = 50;

/** The name that scans know it by: one line of text. */
export const assetName = z.string().trim().min(1, "An asset needs a name.").max(MAX_ASSET_NAME, `A name has at most ${MAX_ASSET_NAME} characters.`)
  .regex(/^\P{Cc}*$/u, "A name is one line of text.");

/** The name of a role or a team; blank is none. */
const named = z.string().trim().max(200, "At most 200 characters.").regex(/^\P{Cc}*$/u, "One line of text.").transform((text) => (text === "" ? null : text)).nullable();
const day = z.iso.date("A day as 2027-03-01.").refine((text) => text >= "1970-01-01", "A day from 1970 on.").nullable();

/** What people say about an asset, each part optional. */
export const assetFacts = {
  kind: z.enum(ASSET_KINDS).optional(),
  exposure: z.enum(EXPOSURES).optional(),
  sensitivity: z.enum(SENSITIVITIES).optional(),
  owner: named.optional(),
  team: named.optional(),
  decommissionOn: day.optional(),
};

const saysSomething = (change: Record<string, unknown>) => Object.values(change).some((value) => value !== undefined);

export const assetChange = z.object(assetFacts).refine(saysSomething, "Say what shall change.");

export const createAssetInput = z.object({ environment: number, name: assetName, ...assetFacts, note: note.nullish() });

export const changeAssetsInput = z.object({
  environment: number,
  items: z.array(z.object({ id: number, version: version.nullish() })).min(1).max(MAX_BULK_ASSETS),
  change: assetChange,
  /** refuse everything when one of them cannot take part */
  strict: z.boolean().default(false),
  note: note.nullish(),
});

/** The action by its id or by the number of any of its entries in the log; on the assets given, or on all that it changed. */
export const revertAssetsInput = z
  .object({ environment: number, actionId: z.uuid().nullish(), event: z.string().regex(/^\d{1,18}$/).nullish(), assets: z.array(number).min(1).max(MAX_BULK_ASSETS).nullish(), note: note.nullish() })
  .refine(({ actionId, event }) => (actionId ?? event) !== undefined && (actionId ?? event) !== null, { path: ["actionId"], message: "Name the action that is taken back." });

/** POST …/assets and PATCH …/assets/{id}, in the words of REST. */
const { decommissionOn, ...sameWords } = assetFacts;
export const assetBody = { ...sameWords, decommission_on: decommissionOn, note: note.nullish() };

type AssetBody = { decommission_on?: string | null | undefined };

/** A REST body in the words of the code. */
export function factsOfBody<T extends AssetBody>({ decommission_on: on, ...rest }: T) {
  return { ...rest, decommissionOn: on };
}

const words = z.array(z.string().max(MAX_ASSET_NAME)).max(MAX_CHOICES);

export const ASSET_SORTS = ["name", "-name", "exposed", "newest"] as const;
export type AssetSort = (typeof ASSET_SORTS)[number];

/** What narrows and orders the inventory. `none` among teams and owners asks for those without. */
export const assetFilter = z.object({
  q: z.string().max(MAX_ASSET_NAME),
  kind: z.array(z.enum(ASSET_KINDS)).max(MAX_CHOICES),
  exposure: z.array(z.enum(EXPOSURES)).max(MAX_CHOICES),
  sensitivity: z.array(z.enum(SENSITIVITIES)).max(MAX_CHOICES),
  team: words,
  owner: words,
  stage: z.array(z.enum(LIFE_STAGES)).max(MAX_CHOICES),
  coverage: z.array(z.enum(COVERAGES)).max(MAX_CHOICES),
  /** coverage as these detectors gave it; alone: what these detectors know */
  detector: words,
  days: z.number().int().min(1).max(3_650).default(COVERAGE_DAYS),
  sort: z.enum(ASSET_SORTS),
});
export type AssetFilter = z.output<typeof assetFilter>;
