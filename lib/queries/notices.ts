import { z } from "zod";
import { sql } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { noticesOf, unreadOf, type StoredNotice } from "@/lib/db/sql/notices";
import { listsOf } from "@/lib/db/sql/notices-told";
import { NOTICE_EVENT_NAMES, NOTICE_EVENTS } from "@/lib/domain/notice/events";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { ChoicesView, InboxPage, ListsView, NoticeView } from "@/lib/domain/views/notices";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { environmentOf, meOf } from "@/lib/queries/who";

const PAGE = 50;
const environment = z.number().int().positive();

const PATHS = { finding: "findings", ticket: "tickets" } as const;

function noticeView({ type, number, at, readAt, ...notice }: StoredNotice): NoticeView {
  const path = number !== null && (type === "finding" || type === "ticket") ? `${PATHS[type]}/${number}` : null;
  return { ...notice, at: at.toISOString(), isRead: readAt !== null, path };
}

/** A person's own messages in an environment, newest first: `{environment, before?}`. */
export function inbox(actor: Actor, raw: unknown): Promise<Result<InboxPage>> {
  return read(actor, {
    act: "notice.read",
    input: z.object({ environment, before: z.number().int().positive().nullish() }),
    load: async (db, { environment: where, before }, { now }) => {
      if (actor.personId === null) return refuse("forbidden", "Only a person has messages.");
      const place = await environmentOf(db, where);
      if (!place) return refuse("missing", "There is no such environment.");
      const found = await noticesOf(db, where, actor.personId, { before: before ?? null, limit: PAGE + 1 });
      const notices = found.slice(0, PAGE).map(noticeView);
      return ok({
        environment: place, me: meOf(actor, where), now: now.toISOString(), notices,
        nextBefore: found.length > PAGE ? (notices.at(-1)?.id ?? null) : null, unread: await unreadOf(db, where, actor.personId),
      });
    },
  }, raw);
}

/** How many messages a person has not read: `{environment}`; up to a hundred. */
export function unreadCount(actor: Actor, raw: unknown): Promise<Result<{ unread: number }>> {
  return read(actor, {
    act: "notice.read",
    input: z.object({ environment }),
    load: async (db, { environment: where }) => ok({ unread: actor.personId === null ? 0 : await unreadOf(db, where, actor.personId) }),
  }, raw);
}

const chosen = z.object({ event: z.string(), inApp: z.boolean(), mail: z.boolean() });

/** What a person is told of here: `{environment, hasMail}`; whether letters go out is the caller's to know. */
export function noticeChoices(actor: Actor, raw: unknown): Promise<Result<ChoicesView>> {
  return read(actor, {
    act: "notice.read",
    input: z.object({ environment, hasMail: z.boolean() }),
    load: async (db, { environment: where, hasMail }) => {
      const found = await rows(db, chosen, sql`SELECT event, in_app AS "inApp", mail FROM notice_choice WHERE environment_id = ${where} AND person_id = ${actor.personId} ORDER BY event`);
      const of = new Map(found.map((one) => [one.event, one]));
      return ok({ hasMail, choices: NOTICE_EVENT_NAMES.map((event) => ({ event, label: NOTICE_EVENTS[event].label, inApp: of.get(event)?.inApp ?? true, mail: of.get(event)?.mail ?? true })) });
    },
  }, raw);
}

/** The address lists of an environment: `{environment}`. */
export function recipientLists(actor: Actor, raw: unknown): Promise<Result<ListsView>> {
  return read(actor, {
    act: "environment.manage",
    input: z.object({ environment }),
    load: async (db, { environment: where }) => {
      const found = await listsOf(db, where);
      return ok({ lists: NOTICE_EVENT_NAMES.filter((event) => NOTICE_EVENTS[event].list).map((event) => ({ event, label: NOTICE_EVENTS[event].label, addresses: found.get(event) ?? [] })) });
    },
  }, raw);
}
