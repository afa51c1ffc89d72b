import { z } from "zod";
import { sql, type Db, type Tx } from "@/lib/db/client";
import { count, row, rows } from "@/lib/db/rows";
import { NOTICE_EVENT_NAMES, type NoticeEvent } from "@/lib/domain/notice/events";
import { GIVE_UP_DAYS } from "@/lib/domain/notice/sending";

export type NewNotice = { person: number; event: NoticeEvent; type: string; number: number | null; count: number; title: string; body: string; why: string; key: string; at: Date };
export type NewMail = { key: string; to: string; cc: readonly string[]; subject: string; text: string; html: string; headers: Readonly<Record<string, string>> };

/** Writes messages, each of the time of what it tells; one whose key is there already was told before. How many were new. */
export function insertNotices(tx: Tx, environment: number, notices: readonly NewNotice[]): Promise<number> {
  return tx.$executeRaw(sql`
    INSERT INTO notice (environment_id, person_id, event, record_type, record_number, count, title, body, why, key, created_at)
    SELECT ${environment}, n.person, n.event, n.type, n.number, n.count, n.title, n.body, n.why, n.key, n.at
    FROM jsonb_to_recordset(${JSON.stringify(notices)}::jsonb) AS n(person int, event text, type text, number int, count int, title text, body text, why text, key text, at timestamptz)
    ON CONFLICT (person_id, key) DO NOTHING`);
}

/** Puts letters on their way, each key once. */
export function insertMails(tx: Tx, environment: number, mails: readonly NewMail[]): Promise<number> {
  return tx.$executeRaw(sql`
    INSERT INTO mail (environment_id, key, to_address, cc, subject, text, html, headers)
    SELECT ${environment}, m.key, m.to, ARRAY(SELECT jsonb_array_elements_text(m.cc)), m.subject, m.text, m.html, m.headers
    FROM jsonb_to_recordset(${JSON.stringify(mails)}::jsonb) AS m(key text, "to" text, cc jsonb, subject text, text text, html text, headers jsonb)
    ON CONFLICT (key) DO NOTHING`);
}

const stored = z.object({
  id: z.number(), event: z.enum(NOTICE_EVENT_NAMES), type: z.string(), number: z.number().nullable(), count: z.number(),
  title: z.string(), body: z.string(), why: z.string(), at: z.date(), readAt: z.date().nullable(),
});
export type StoredNotice = z.output<typeof stored>;

/** A person's messages here, newest first, from below `before` on. notice_environment_id_person_id_id_idx. */
export function noticesOf(db: Db, environment: number, person: number, { before, limit }: { before: number | null; limit: number }): Promise<StoredNotice[]> {
  return rows(db, stored, sql`
    SELECT id, event, record_type AS type, record_number AS number, count, title, body, why, created_at AS at, read_at AS "readAt" FROM notice
    WHERE environment_id = ${environment} AND person_id = ${person} AND (${before}::int IS NULL OR id < ${before}::int) ORDER BY id DESC LIMIT ${limit}`);
}

/** How many are unread, up to a hundred: the badge says 99+ beyond. notice_unread_partial. */
export async function unreadOf(db: Db, environment: number, person: number): Promise<number> {
  const found = await row(db, z.object({ n: count }), sql`
    SELECT count(*) AS n FROM (SELECT FROM notice WHERE environment_id = ${environment} AND person_id = ${person} AND read_at IS NULL ORDER BY id LIMIT 100) u`);
  return found?.n ?? 0;
}

/** Marks a person's own messages as read: these, or all up to one. */
export function markRead(tx: Tx, environment: number, person: number, which: { ids: readonly number[] } | { upTo: number }): Promise<number> {
  return "ids" in which
    ? tx.$executeRaw(sql`UPDATE notice SET read_at = now() WHERE environment_id = ${environment} AND person_id = ${person} AND read_at IS NULL AND id = ANY (${[...which.ids]}::int[])`)
    : tx.$executeRaw(sql`UPDATE notice SET read_at = now() WHERE environment_id = ${environment} AND person_id = ${person} AND read_at IS NULL AND id <= ${which.upTo}`);
}

const claimed = z.object({ id: z.number(), environment: z.number(), key: z.string(), to: z.string(), cc: z.array(z.string()), taken: z.array(z.string()), subject: z.string(), text: z.string(), html: z.string(), headers: z.record(z.string(), z.string()), attempts: z.number(), isLast: z.boolean() });
/** A letter in hand; `isLast`: it is so old that it is not tried again. */
export type ClaimedMail = z.output<typeof claimed>;

/** Takes letters that are due, or whose sender fell silent, for two minutes; several workers never take the same. mail_waiting_partial. */
export function claimMails(db: Db, most: number): Promise<ClaimedMail[]> {
  return rows(db, claimed, sql`
    UPDATE mail m SET status = 'sending', attempts = attempts + 1, leased_until = now() + interval '2 minutes'
    WHERE id IN (SELECT id FROM mail WHERE (status = 'pending' AND due_at <= now()) OR (status = 'sending' AND leased_until < now()) ORDER BY due_at, id LIMIT ${most} FOR UPDATE SKIP LOCKED)
    RETURNING id, environment_id AS environment, key, to_address AS to, cc, taken, subject, text, html, headers, attempts, created_at < now() - ${GIVE_UP_DAYS} * interval '1 day' AS "isLast"`);
}

/** A letter as one sender took it: whoever takes it after them raises its attempts, so that the one before can neither send nor settle it any more. */
export type TakenMail = Pick<ClaimedMail, "id" | "attempts">;
const isOurs = ({ id, attempts }: TakenMail) => sql`id = ${id} AND status = 'sending' AND attempts = ${attempts}`;

/** Holds a letter for two minutes more; false: its time ran out, and another sender has it. */
export async function renewMail(db: Db, mail: TakenMail): Promise<boolean> {
  return (await db.$executeRaw(sql`UPDATE mail SET leased_until = now() + interval '2 minutes' WHERE ${isOurs(mail)}`)) > 0;
}

/** How a letter went: sent, perhaps not to all; refused for good; or to be tried again after so many seconds. False: another sender has it by now, and nothing is kept. */
export async function settleMail(db: Db, mail: TakenMail, went: { sent: true; error: string | null } | { failed: string } | { again: number; error: string; taken: readonly string[] }): Promise<boolean> {
  if ("sent" in went) return (await db.$executeRaw(sql`UPDATE mail SET status = 'sent', sent_at = now(), leased_until = NULL, last_error = ${went.error?.slice(0, 1_000) ?? null} WHERE ${isOurs(mail)}`)) > 0;
  if ("failed" in went) return (await db.$executeRaw(sql`UPDATE mail SET status = 'failed', leased_until = NULL, last_error = ${went.failed.slice(0, 1_000)} WHERE ${isOurs(mail)}`)) > 0;
  return (await db.$executeRaw(sql`
    UPDATE mail SET status = CASE WHEN created_at < now() - ${GIVE_UP_DAYS} * interval '1 day' THEN 'failed' ELSE 'pending' END::mail_status, leased_until = NULL,
      last_error = ${went.error.slice(0, 1_000)}, taken = ${[...went.taken]}::text[], due_at = now() + ${went.again} * interval '1 second' WHERE ${isOurs(mail)}`)) > 0;
}

/** Puts letters back that were taken and not tried; those that another sender has by now stay theirs. */
export function returnMails(db: Db, mails: readonly TakenMail[], again: number): Promise<number> {
  return db.$executeRaw(sql`
    UPDATE mail m SET status = 'pending', attempts = m.attempts - 1, leased_until = NULL, due_at = now() + ${again} * interval '1 second'
    FROM jsonb_to_recordset(${JSON.stringify(mails.map(({ id, attempts }) => ({ id, attempts })))}::jsonb) AS t(id int, attempts int)
    WHERE m.id = t.id AND m.status = 'sending' AND m.attempts = t.attempts`);
}

/** A letter that the server refused lets go of its key, so that what it told of may be written anew. */
export async function freeKey(tx: Tx, id: number): Promise<void> {
  await tx.$executeRaw(sql`UPDATE mail SET key = key || ':refused:' || id WHERE id = ${id}`);
}
