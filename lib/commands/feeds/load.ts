import { z } from "zod";
import { replaceEpss, replaceKev, writeEdition } from "@/lib/db/sql/feeds";
import { ok, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit } from "@/lib/gate/commit";

const cve = z.string().max(30);
const day = z.string().max(10).nullable();
const edition = { environment: z.null(), source: z.string().min(1).max(1_000), releasedAt: z.date(), sha256: z.string().length(64) };
const input = z.discriminatedUnion("feed", [
  z.object({ ...edition, feed: z.literal("kev"), entries: z.array(z.object({ cve, name: z.string().max(2_000), addedOn: day, dueOn: day, ransomware: z.boolean() })).min(1).max(200_000) }),
  z.object({ ...edition, feed: z.literal("epss"), entries: z.array(z.object({ cve, score: z.number().min(0).max(1), percentile: z.number().min(0).max(1) })).min(1).max(2_000_000) }),
]);

const A_MINUTE = 60_000;

/**
 * Puts an edition of a catalogue in force for the whole instance; the operator's alone. Findings follow by a job, environment by environment.
 * Takes {environment: null, feed, source, releasedAt, sha256, entries}, gives how many entries there are.
 */
export async function loadFeed(actor: Actor, raw: unknown): Promise<Result<{ entries: number }>> {
  return commit(actor, {
    act: "environment.manage",
    input,
    timeout: 5 * A_MINUTE,
    work: async (_tx, given) => ok({
      trail: [{
        action: "feed.loaded",
        record: { type: "feed", number: null },
        after: { feed: given.feed, source: given.source, released_at: given.releasedAt.toISOString(), entries: given.entries.length, sha256: given.sha256 },
      }],
      write: async (tx) => {
        if (given.feed === "kev") await replaceKev(tx, given.entries);
        else await replaceEpss(tx, given.entries);
        await writeEdition(tx, { ...given, entries: given.entries.length });
        return { entries: given.entries.length };
      },
      jobs: [{ name: "enrich-findings", payload: {} }],
    }),
  }, raw);
}
