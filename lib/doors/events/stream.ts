import { cookies } from "next/headers";
import { isDatabaseAway } from "@/lib/db/away";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { live, type LiveEvent } from "@/lib/gate/live";
import { permit } from "@/lib/gate/permit";
import { AWAY, problem } from "../problem";
import { sessionActor } from "../session";
import { readSession, SESSION_COOKIE } from "../session-cookie";
import { takeIn, type Stream } from "./streams";

/** How often a stream says that it is there, and asks whether its person may still hear it. */
const BEAT = 10_000;
/** How long a browser waits before it comes back. */
const RETRY = 1_000;
/** Pieces that wait for a reader who does not read; then the stream ends, and whoever comes back reads anew. */
const MOST_WAITING = 200;

/** Proxies are told to pass each piece on as it comes, and nobody to pack it. */
const HEADERS = {
  "Content-Type": "text/event-stream; charset=utf-8",
  "Cache-Control": "private, no-store, no-transform",
  "X-Accel-Buffering": "no",
  Connection: "close",
};

/** Whose session it is, and whether they may read findings here: as it stands in the database now. */
async function admitted(cookie: string | undefined, environment: number): Promise<Result<Actor & { personId: number }>> {
  const claims = await readSession(cookie);
  const actor = claims && (await sessionActor(claims));
  if (!actor || actor.personId === null) return refuse("unauthenticated", "Sign in to follow what happens here.");
  const permitted = permit(actor, "finding.read", { environment });
  return permitted.ok ? ok({ ...actor, personId: actor.personId }) : permitted;
}

/**
 * What happens in an environment, as server-sent events for a signed-in person: `resync` (something may have been missed: read anew),
 * `changed` (what was touched, by kind), `presence` (who looks at what), `crowded` (this stream ends for good). No event is kept:
 * whoever comes back hears `resync`. The stream ends when the person may no longer read here, and with the process.
 */
export async function eventStream(request: Request, environment: number): Promise<Response> {
  const cookie = (await cookies()).get(SESSION_COOKIE)?.value;
  const who = await admitted(cookie, environment).catch((error: unknown) => {
    if (isDatabaseAway(error)) return AWAY;
    throw error;
  });
  if (!who.ok) return problem(who.refusal);
  return new Response(streamOf(request.signal, environment, cookie, who.value.personId), { headers: HEADERS });
}

function textOf(event: LiveEvent): string {
  const data = event.type === "changed" ? event.kinds : event.type === "presence" ? event.looks : {};
  return `event: ${event.type}\ndata: ${JSON.stringify(data)}\n\n`;
}

function streamOf(signal: AbortSignal, environment: number, cookie: string | undefined, person: number): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let end: Stream["end"] = () => {};
  return new ReadableStream<Uint8Array>({
    start(controller) {
      let isOver = false;
      const send = (text: string) => {
        if (isOver) return;
        controller.enqueue(encoder.encode(text));
        if ((controller.desiredSize ?? 0) < -MOST_WAITING) end();
      };
      const recheck = async () => {
        const still = await admitted(cookie, environment).catch(() => null); // a database that is away throws nobody out
        if (still?.ok === false) end();
      };
      end = (last) => {
        if (isOver) return;
        if (last) send(`event: ${last}\ndata: {}\n\n`);
        isOver = true;
        clearInterval(beat);
        leave();
        unlist();
        try {
          controller.close();
        } catch {
          // the reader was quicker
        }
      };
      const beat = setInterval(() => {
        send(": here\n\n");
        void recheck();
      }, BEAT);
      send(`retry: ${RETRY}\n\n`);
      const unlist = takeIn(person, { end: (last) => end(last) });
      const leave = live.subscribe(environment, (event) => {
        if (event.type !== "changed") return send(textOf(event));
        const { people, ...kinds } = event.kinds;
        if (people) void recheck();
        if (Object.keys(kinds).length > 0) send(textOf({ type: "changed", kinds }));
      });
      signal.addEventListener("abort", () => end());
    },
    cancel: () => end(),
  });
}
