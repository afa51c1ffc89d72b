import { prisma, sql } from "@/lib/db/client";
import { dropOldPreviews } from "@/lib/db/sql/bulk-freeze";
import { foldPastChips } from "@/lib/db/sql/queue-counts";
import { callOffRemoved } from "@/lib/db/sql/connector-removed";
import { forgetUnattached } from "@/lib/db/sql/evidence-files";
import { forgetStaged } from "@/lib/db/sql/scan-claim";
import { CHANGED } from "@/lib/domain/live";
import { forgetBrokenUploads } from "@/lib/db/uploads";

/** Drops what only machines needed and nobody needs any more; how many rows went, by what they were. No decision, so no entry in the log. */
export async function tidy(): Promise<Record<string, number>> {
  return {
    answers: await prisma.$executeRaw(sql`DELETE FROM idempotency_key WHERE created_at < now() - interval '24 hours'`),
    limits: await prisma.$executeRaw(sql`DELETE FROM rate_limit WHERE expire < extract(epoch FROM now()) * 1000`),
    sent: await prisma.$executeRaw(sql`DELETE FROM outbox WHERE sent_at < now() - interval '7 days'`),
    untold: await prisma.$executeRaw(sql`DELETE FROM outbox WHERE job = ${CHANGED} AND created_at < now() - interval '1 hour'`), // nobody relays: every screen has been read since
    sessions: await prisma.$executeRaw(sql`DELETE FROM signed_out_session WHERE until < now()`),
    looks: await prisma.$executeRaw(sql`DELETE FROM presence WHERE seen_at < now() - interval '1 hour'`),
    hooks: await prisma.$executeRaw(sql`DELETE FROM hook WHERE settled_at < now() - interval '30 days'`),
    chips: await foldPastChips(prisma),
    workers: await prisma.$executeRaw(sql`DELETE FROM worker WHERE seen_at < now() - interval '1 day'`),
    unplugged: await callOffRemoved(prisma, null), // what somebody had in hand while its connector was removed
    previews: await dropOldPreviews(prisma),
    staged: await forgetStaged(),
    uploads: await forgetBrokenUploads(),
    files: await forgetUnattached(prisma),
  };
}
