import { z } from "zod";
import type { Db } from "@/lib/db/client";
import { carriesOfFinding, carryById, carryCount, carryList, type StoredCarry } from "@/lib/db/sql/carries";
import { pageLimit } from "@/lib/domain/filter/input";
import { responseOf } from "@/lib/domain/finding/governance";
import type { CarryListRecord, CarryRecord } from "@/lib/domain/records/carry";
import { ok, refuse, refuseInput, type Result } from "@/lib/domain/refusal";
import type { CarriesView, CarrySide, CarryView } from "@/lib/domain/views/carry";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";

const number = z.number().int().positive().max(2_147_483_647);
const PAGE = 100;

function sideView({ reason, ...side }: StoredCarry["from"]): CarrySide {
  return { ...side, closeReason: reason, response: responseOf(side.governance) };
}

export function carryView({ id, scan, why, asset, decidedBy, decidedAt, outcome, settledBy, from, to }: StoredCarry): CarryView {
  return { id, scan, why, asset, decidedBy, decidedAt: decidedAt?.toISOString() ?? null, outcome, settledBy, from: sideView(from), to: sideView(to) };
}

/** What a finding's page says: the open proposal, and with whom it shares a decision that was carried over. */
export async function carriesOn(db: Db, environment: number, { id, number: here }: { id: number; number: number }): Promise<{ carry: CarryView | null; carriedFrom: number | null; carriedTo: readonly number[] }> {
  const found = await carriesOfFinding(db, environment, id);
  const open = found.find(({ outcome, to }) => outcome === null && to.number === here);
  const carried = found.filter(({ outcome }) => outcome === "carried");
  return {
    carry: open ? carryView(open) : null,
    carriedFrom: carried.find(({ to }) => to.number === here)?.from.number ?? null,
    carriedTo: carried.filter(({ from }) => from.number === here).map(({ to }) => to.number),
  };
}

/** The open proposals of a scan, for its page: `{environment, scan, after?}`; a hundred at a time, `next` goes into `after`. */
export function carriesOfScan(actor: Actor, raw: unknown): Promise<Result<CarriesView>> {
  return read(actor, {
    act: "finding.read",
    input: z.object({ environment: number, scan: number, after: z.number().int().min(0).max(2_147_483_647).default(0) }),
    load: async (db, { environment, scan, after }) => {
      const wanted = { environment, scan, outcome: "open" } as const;
      const [total, found] = await Promise.all([carryCount(db, wanted), carryList(db, { ...wanted, after, limit: PAGE + 1 })]);
      const items = found.slice(0, PAGE).map(carryView);
      return ok({ scan, total, items, next: found.length > PAGE ? (items.at(-1)?.id ?? null) : null });
    },
  }, raw);
}

function sideRecord({ number: which, title, location, scanner, governance, reason, version }: StoredCarry["from"]): CarryRecord["from"] {
  return { number: which, title, location, scanner_status: scanner, governance_status: governance, close_reason: reason, version };
}

function recordOf({ id, scan, why, asset, from, to, decidedBy, decidedAt, outcome, at, settledAt, settledBy }: StoredCarry): CarryRecord {
  return {
    ...{ id, scan, why, asset, outcome },
    from: sideRecord(from),
    to: sideRecord(to),
    decided_by: decidedBy,
    decided_at: decidedAt?.toISOString() ?? null,
    proposed_at: at.toISOString(),
    settled_at: settledAt?.toISOString() ?? null,
    settled_by: settledBy,
  };
}

/** Proposals in the order in which they were made: `{environment, scan?, outcome?, limit, cursor?}`. */
export function listCarries(actor: Actor, raw: unknown): Promise<Result<CarryListRecord>> {
  return read(actor, {
    act: "finding.read",
    input: z.object({ environment: number, scan: number.optional(), outcome: z.enum(["open", "carried", "dismissed"]).optional(), limit: pageLimit, cursor: z.string().max(20).optional() }),
    load: async (db, { environment, scan, outcome, limit, cursor }) => {
      if (cursor !== undefined && !/^\d{1,9}$/.test(cursor)) return refuseInput([{ path: "cursor", message: "This cursor is not one of this list. Begin without it." }]);
      const wanted = { environment, scan: scan ?? null, outcome: outcome ?? null };
      const [total, found] = await Promise.all([carryCount(db, wanted), carryList(db, { ...wanted, after: Number(cursor ?? 0), limit: limit + 1 })]);
      const items = found.slice(0, limit).map(recordOf);
      return ok({ items, next_cursor: found.length > limit ? String(items.at(-1)?.id) : null, total });
    },
  }, raw);
}

/** One proposal as it stands: `{environment, id}`. */
export function getCarry(actor: Actor, raw: unknown): Promise<Result<CarryRecord>> {
  return read(actor, {
    act: "finding.read",
    input: z.object({ environment: number, id: number }),
    load: async (db, { environment, id }) => {
      const found = await carryById(db, environment, id);
      return found ? ok(recordOf(found)) : refuse("missing", `There is no proposal ${id} here.`);
    },
  }, raw);
}
