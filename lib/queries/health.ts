import { z } from "zod";
import { prisma, sql } from "@/lib/db/client";
import { row } from "@/lib/db/rows";

export type Health = { status: "ok" | "down"; database: "ok" | "down" | "not migrated"; environment: "ok" | "missing" | "loading"; worker: "ok" | "absent" };

/** A worker says that it is up every few seconds; after this many it counts as absent. */
const SILENT_SECONDS = 30;

const seen = z.object({ unfinished: z.boolean(), environment: z.boolean(), loading: z.boolean(), worker: z.boolean() });

const QUESTION = sql`SELECT
  EXISTS (SELECT FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL) AS unfinished,
  EXISTS (SELECT FROM environment WHERE id = 1) AS environment,
  EXISTS (SELECT FROM instance WHERE mark = 'demo') AND NOT EXISTS (SELECT FROM audit_event WHERE action = 'demo.loaded') AS loading,
  EXISTS (SELECT FROM worker WHERE seen_at > now() - ${SILENT_SECONDS} * interval '1 second') AS worker`;

async function reachable(): Promise<boolean> {
  return prisma.$queryRaw(sql`SELECT 1`).then(() => true, () => false);
}

/** Can people work here now? A worker that is absent is told, but does not count: it may run on another machine. */
export async function health(): Promise<Health> {
  const found = await row(prisma, seen, QUESTION).catch(() => null);
  if (!found) return { status: "down", database: (await reachable()) ? "not migrated" : "down", environment: "missing", worker: "absent" };
  const database = found.unfinished ? "not migrated" : "ok";
  const environment = found.loading ? "loading" : found.environment ? "ok" : "missing";
  return { status: database === "ok" && environment === "ok" ? "ok" : "down", database, environment, worker: found.worker ? "ok" : "absent" };
}
