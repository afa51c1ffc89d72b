import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { insertMails, insertNotices, type NewMail, type NewNotice } from "@/lib/db/sql/notices";
import { hitsOf, listsOf, readersOf, type Hit, type Reader } from "@/lib/db/sql/notices-told";
import { number } from "@/lib/domain/finding/input";
import { NOTICE_EVENTS } from "@/lib/domain/notice/events";
import { letterOf, write, type Letter } from "@/lib/domain/notice/letter";
import { ok, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change } from "@/lib/gate/commit";

const input = z.object({ environment: number, actions: z.array(z.uuid()).min(1).max(1_000), origin: z.url(), mails: z.boolean() });
type Asked = z.output<typeof input>;

/** How many messages and letters were new. */
export type TellingDone = { notices: number; mails: number };

/**
 * Tells people of acts that the log holds: `{environment, actions, origin, mails}`. One message and one letter for each person and event,
 * however many findings an act moved; keyed by the act, so that asked again nothing is told twice. `mails` false: nobody is written to.
 */
export function tell(actor: Actor, raw: unknown): Promise<Result<TellingDone>> {
  return commit(actor, { act: "environment.manage", input, work }, raw);
}

async function work(tx: Tx, asked: Asked): Promise<Result<Change<TellingDone>>> {
  const hits = await hitsOf(tx, asked.environment, asked.actions);
  if (hits.length === 0) return ok({ unchanged: { notices: 0, mails: 0 } });

  const people = hits.flatMap(({ person, byPerson }) => [person, byPerson].filter((one) => one !== null));
  const readers = await readersOf(tx, asked.environment, people);
  const lists = await listsOf(tx, asked.environment);
  const place = await tx.environment.findUniqueOrThrow({ where: { id: asked.environment }, select: { name: true } });
  const told = hits.flatMap((hit) => addressed(hit, readers).map((reader) => ({ hit, reader, letter: letterOf(hit) })));
  const key = [...asked.actions].sort()[0] ?? "";

  const home = `${asked.origin}/e/${asked.environment}`;
  const printed = (letter: Letter) => write(letter, { home, environment: place.name });
  const notices = told.filter(({ hit, reader }) => wants(reader, hit).inApp).map(({ hit, reader, letter }) => noticeOf(hit, reader, letter, key));
  const personal = told.filter(({ hit, reader }) => wants(reader, hit).mail)
    .map(({ hit, reader, letter }): NewMail => ({ key: `${key}:${hit.event}:${reader.id}`, to: reader.email, cc: copied(hit, reader, readers), ...printed(letter) }));
  const listed = hits.flatMap((hit) => {
    return listedFor(hit, lists).map((to): NewMail => ({ key: `${key}:${hit.event}:${to}`, to, cc: [], ...printed(letterOf(hit)) }));
  });
  const mails = asked.mails ? onceEach([...personal, ...listed]) : [];

  return ok({
    books: async (writing) => ({ notices: await insertNotices(writing, asked.environment, notices), mails: await insertMails(writing, asked.environment, mails) }),
    jobs: mails.length > 0 ? [{ name: "send-mail", payload: {} }] : [],
    touched: { notices: true },
  });
}

const wants = ({ choices }: Reader, { event }: Hit) => choices[event] ?? { inApp: true, mail: true };

/** The addresses that are no member's inbox: those on the environment's list, and whom new tickets name in their copies, of those tickets alone. */
function listedFor({ event, person, copy }: Hit, lists: ReadonlyMap<string, readonly string[]>): readonly string[] {
  if (copy !== null) return [copy];
  return person === null ? (lists.get(event) ?? []) : [];
}

/** Who is told: the person concerned, or, where it concerns nobody by name, those who manage the environment. Never whoever did it. */
function addressed({ event, person, copy, byPerson }: Hit, readers: readonly Reader[]): readonly Reader[] {
  if (person !== null) return readers.filter(({ id }) => id === person);
  return NOTICE_EVENTS[event].managers && copy === null ? readers.filter(({ id, manages }) => manages && id !== byPerson) : [];
}

/** Of a changed status the one who changed it has a copy, unless it is their own. */
function copied({ event, byPerson }: Hit, reader: Reader, readers: readonly Reader[]): string[] {
  if (event !== "status_changed" || byPerson === null || byPerson === reader.id) return [];
  return readers.filter(({ id, choices }) => id === byPerson && (choices.status_changed?.mail ?? true)).map(({ email }) => email);
}

function noticeOf({ event, count, at, items: [first] }: Hit, reader: Reader, { title, body, why }: Letter, key: string): NewNotice {
  const alone = count === 1 ? first : undefined;
  return { person: reader.id, event, type: alone?.type ?? "many", number: alone?.number ?? null, count, title, body, why, key: `${key}:${event}`, at };
}

/** An address that is written to by name needs no second letter from a list. */
function onceEach(mails: readonly NewMail[]): NewMail[] {
  const seen = new Set<string>();
  return mails.filter(({ to, subject }) => !seen.has(`${to} ${subject}`) && seen.add(`${to} ${subject}`));
}
