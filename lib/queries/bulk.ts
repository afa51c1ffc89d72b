import { z } from "zod";
import type { Db } from "@/lib/db/client";
import { bulkById, bulkItems, bulksOf, leftGroups, plannedGroups, type BulkItemRow, type BulkRow } from "@/lib/db/sql/bulk-read";
import { abandonedBulks as abandoned } from "@/lib/db/sql/bulk-run";
import { BULK_CATEGORIES, BULK_CATEGORY_RULES } from "@/lib/domain/bulk/words";
import { BULK_OUTCOMES, type BulkGroup, type BulkItemRecord, type BulkRecord } from "@/lib/domain/records/bulk";
import type { BulksPage } from "@/lib/domain/views/bulk";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";

/** Bulk actions whose runner fell silent: they wait for another one. */
export const abandonedBulks = abandoned;

const number = z.number().int().positive().max(2_147_483_647);
const skipped = z.array(z.object({ number: z.number(), why: z.string() })).catch([]);
/** So many of the findings that were left alone stand in the record itself. */
const SHOWN = 1_000;
const HOUR = 3_600_000;

/** How far a bulk action is, or what a preview found: `{environment, bulk}`. */
export function getBulk(actor: Actor, raw: unknown): Promise<Result<BulkRecord>> {
  return read(actor, {
    act: "finding.read",
    input: z.object({ environment: number, bulk: number }),
    load: async (db, { environment, bulk }) => {
      const found = await bulkById(db, environment, bulk);
      if (!found) return refuse("missing", `There is no bulk action ${bulk} here.`);
      const left = found.asOf === null ? [] : await bulkItems(db, environment, bulk, { outcome: "skipped", after: 0, limit: SHOWN });
      return ok(recordOf(found, await groupsOf(db, found), left.map(({ number: finding, why }) => ({ number: finding, why: why ?? "" }))));
    },
  }, raw);
}

async function groupsOf(db: Db, { id, status, undoOf, changed }: BulkRow): Promise<BulkGroup[]> {
  const planned = (status === "previewed" || status === "queued") && undoOf === null;
  const groups = planned ? await plannedGroups(db, id) : await leftGroups(db, id);
  const done = planned || changed === 0 ? [] : [{ code: "changes" as const, why: null, next: null, from: null, to: null, n: changed }];
  return [...done, ...groups].map((group) => ({ ...group, label: group.code === "changes" && !planned ? "Changed" : BULK_CATEGORY_RULES[group.code].label, next: group.next ?? (BULK_CATEGORY_RULES[group.code].todo || null) }));
}

function recordOf(found: BulkRow, groups: BulkGroup[], left: readonly { number: number; why: string }[]): BulkRecord {
  const { id, status, total, done, changed, requested, undoOf, undoneBy, action, filter, error } = found;
  const atOnce = skipped.parse(found.skipped);
  const canUndo = changed > 0 && status !== "running" && status !== "queued" && status !== "previewed";
  return {
    id, status, total, done, changed, requested, error, action, filter, groups,
    skipped: [...atOnce, ...left], skipped_count: atOnce.length > 0 ? atOnce.length : done - changed - requested,
    undo_of: undoOf, undone_by: undoneBy, undo_until: canUndo ? (found.undoUntil?.toISOString() ?? null) : null,
    actor: { type: found.actorType, name: found.actorName },
    as_of: found.asOf?.toISOString() ?? null, created_at: found.createdAt.toISOString(),
    started_at: found.startedAt?.toISOString() ?? null, finished_at: found.finishedAt?.toISOString() ?? null,
  };
}

/** Bulk actions of an environment, newest first: `{environment, limit, cursor}`. */
export function listBulks(actor: Actor, raw: unknown): Promise<Result<{ items: BulkRecord[]; next_cursor: string | null }>> {
  return read(actor, {
    act: "finding.read",
    input: z.object({ environment: number, limit: z.number().int().min(1).max(500).default(50), cursor: z.coerce.number().int().positive().nullish() }),
    load: async (db, { environment, limit, cursor }) => {
      const found = await bulksOf(db, environment, { before: cursor ?? null, limit: limit + 1, mine: null });
      const items = await Promise.all(found.slice(0, limit).map(async (each) => recordOf(each, await groupsOf(db, each), [])));
      return ok({ items, next_cursor: found.length > limit ? String(items.at(-1)?.id) : null });
    },
  }, raw);
}

/** The page of bulk actions: a list, and all of one where it is open: `{environment, cursor, open}`. */
export function bulksPage(actor: Actor, raw: unknown): Promise<Result<BulksPage>> {
  return read(actor, {
    act: "finding.read",
    input: z.object({ environment: number, cursor: z.coerce.number().int().positive().nullish(), open: number.nullish() }),
    load: async (_db, { environment, cursor, open }, { now }) => {
      const list = await listBulks(actor, { environment, limit: 25, cursor });
      const one = open ? await getBulk(actor, { environment, bulk: open }) : null;
      return list.ok ? ok({ ...list.value, now: now.toISOString(), open: one?.ok ? one.value : null }) : list;
    },
  }, raw);
}

/** The background bulk actions of whoever asks, that run or ended within the day: `{environment}`. */
export function myBulks(actor: Actor, raw: unknown): Promise<Result<BulkRecord[]>> {
  return read(actor, {
    act: "finding.read",
    input: z.object({ environment: number }),
    load: async (db, { environment }, { now }) => {
      const mine = { type: actor.type, id: actor.id, since: new Date(now.getTime() - 24 * HOUR) };
      const found = await bulksOf(db, environment, { before: null, limit: 20, mine });
      return ok(await Promise.all(found.map(async (each) => recordOf(each, await groupsOf(db, each), []))));
    },
  }, raw);
}

const itemsInput = z.object({
  environment: number, bulk: number, code: z.enum(BULK_CATEGORIES).nullish(), outcome: z.enum(BULK_OUTCOMES).nullish(),
  limit: z.number().int().min(1).max(500).default(50), cursor: z.coerce.number().int().min(0).nullish(),
});

/** The findings of a bulk action by what becomes, or became, of them: `{environment, bulk, code?, outcome?, limit, cursor}`. */
export function listBulkItems(actor: Actor, raw: unknown): Promise<Result<{ items: BulkItemRecord[]; next_cursor: string | null }>> {
  return read(actor, {
    act: "finding.read",
    input: itemsInput,
    load: async (db, { environment, bulk, code, outcome, limit, cursor }) => {
      if (!(await bulkById(db, environment, bulk))) return refuse("missing", `There is no bulk action ${bulk} here.`);
      const found = await bulkItems(db, environment, bulk, { code, outcome, after: cursor ?? 0, limit: limit + 1 });
      const shown = found.slice(0, limit);
      return ok({ items: shown.map(itemOf), next_cursor: found.length > limit ? String(shown.at(-1)?.id) : null });
    },
  }, raw);
}

function itemOf({ number: finding, title, asset, severity, version, outcome, code, why, next }: BulkItemRow): BulkItemRecord {
  return { number: finding, title, asset, severity, version, outcome, code, why, next: next ?? (code === "changes" ? null : BULK_CATEGORY_RULES[code].todo || null) };
}

const BATCH = 1_000;

/** All of them, in batches, for a file: `{environment, bulk}`. */
export function exportBulk(actor: Actor, raw: unknown): Promise<Result<AsyncGenerator<BulkItemRecord[]>>> {
  return read(actor, {
    act: "finding.read",
    input: z.object({ environment: number, bulk: number }),
    load: async (db, { environment, bulk }) => {
      const found = await bulkById(db, environment, bulk);
      if (!found) return refuse("missing", `There is no bulk action ${bulk} here.`);
      return ok(batches(db, environment, bulk));
    },
  }, raw);
}

async function* batches(db: Db, environment: number, bulk: number): AsyncGenerator<BulkItemRecord[]> {
  for (let after = 0; ; ) {
    const found = await bulkItems(db, environment, bulk, { after, limit: BATCH });
    if (found.length > 0) yield found.map(itemOf);
    if (found.length < BATCH) return;
    after = found.at(-1)?.id ?? after;
  }
}
