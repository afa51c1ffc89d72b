import { z } from "zod";
import { bookmarksOf, bookmarksWith, MOST_BOOKMARKS, setBookmarks } from "@/lib/db/sql/bookmarks";
import { targets } from "@/lib/domain/finding/targets";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit } from "@/lib/gate/commit";

const input = z.object({ environment: targets.environment, items: targets.items, on: z.boolean() });

/** Stars findings for the person who asks, or takes their stars away: `{environment, items, on}`. Gives all that they starred here. Theirs alone: no entry in the log. */
export function setBookmark(actor: Actor, raw: unknown): Promise<Result<{ bookmarks: readonly number[] }>> {
  return commit(actor, {
    act: "finding.bookmark",
    input,
    work: async (tx, { environment, items, on }) => {
      const person = actor.personId;
      if (actor.type !== "user" || person === null) return refuse("invalid", "Only a person stars findings.");
      const numbers = items.map(({ number }) => number);
      if (on && (await bookmarksWith(tx, environment, person, numbers)) > MOST_BOOKMARKS)
        return refuse("conflict", `More than ${MOST_BOOKMARKS.toLocaleString("en")} findings cannot be bookmarked.`, { next: "Take old stars away, or tag them: a tag has no such limit." });
      return ok({
        books: async (within) => {
          await setBookmarks(within, environment, person, { numbers, on });
          return { bookmarks: await bookmarksOf(within, environment, person) };
        },
      });
    },
  }, raw);
}
