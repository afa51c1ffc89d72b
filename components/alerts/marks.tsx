"use client";
import { createContext, useContext, useState, type ReactNode } from "react";
import { lateDialog } from "@/components/shell/late-dialog";
import { toast } from "@/components/ui/toast";
import { can } from "@/lib/domain/access/can";
import type { FindingRow } from "@/lib/domain/views/alerts";
import type { ViewActions } from "@/lib/domain/views/desk";
import type { Me, PersonView } from "@/lib/domain/views/shell";
import { loadings } from "./kept-details";
import { findings } from "./outcome-toast";
import { starred } from "./starred";

const ShareDialog = lateDialog(() => import("./share-dialog").then((file) => file.ShareDialog));

type Rows = readonly Pick<FindingRow, "number" | "title">[];
type Marks = { marked: ReadonlySet<number>; star: (rows: Rows) => void; share: (rows: Rows) => void };

const Context = createContext<Marks>({ marked: new Set(), star: () => undefined, share: () => undefined });

/** What this person starred, and the way to star and to share. */
export function useMarks(): Marks {
  return useContext(Context);
}

export type MarkDoors = Pick<ViewActions, "bookmarkFindings" | "shareFindings">;
type Props = { environment: number; me: Me; people: readonly PersonView[]; first: readonly number[]; doors: MarkDoors; children: ReactNode };

/** Keeps the stars of the person who looks: painted at once, put back when they are refused. */
export function MarksProvider({ environment, me, people, first, doors, children }: Props) {
  const [marked, setMarked] = useState<ReadonlySet<number>>(() => new Set(first));
  const [calls] = useState(loadings);
  const [sharing, setSharing] = useState<Rows | null>(null);

  /** Takes the stars away where all have one, else gives one to all. */
  async function star(rows: Rows) {
    if (rows.length === 0) return;
    const numbers = rows.map(({ number }) => number);
    const on = !numbers.every((number) => marked.has(number));
    const isNewest = new Map(numbers.map((number) => [number, calls.begin(number)] as const));
    const had = new Set(numbers.filter((number) => marked.has(number)));
    setMarked((now) => starred(now, numbers, () => on));
    const done = await doors.bookmarkFindings({ environment, items: numbers.map((number) => ({ number })), on }).catch(() => null);
    const answered = numbers.filter((number) => isNewest.get(number)?.()); // one that was pressed again waits for that answer
    if (done?.ok) {
      const kept = new Set(done.value.bookmarks);
      setMarked((now) => starred(now, answered, (number) => kept.has(number)));
      return toast({ tone: "plain", title: on ? `Bookmarked ${rows.length === 1 ? `F-${numbers[0]}` : findings(rows.length)}` : "Bookmark taken away", description: on ? "Yours alone; is:bookmarked shows them." : undefined, stays: 4_000 });
    }
    setMarked((now) => starred(now, answered, (number) => had.has(number)));
    toast({ tone: "error", title: done ? done.refusal.message : "The bookmark was not saved", description: done ? done.refusal.next : "Docket did not answer. Try again.", stays: 8_000 });
  }

  function share(rows: Rows) {
    if (rows.length === 0) return;
    if (can(me.role, "finding.share")) setSharing(rows);
    else toast({ tone: "error", title: "Your role may read here, not share", description: "The address of a finding can be copied and sent all the same.", stays: 8_000 });
  }

  return (
    <Context value={{ marked, star: (rows) => void star(rows), share }}>
      {children}
      {sharing ? <ShareDialog environment={environment} me={me} people={people} rows={sharing} share={doors.shareFindings} onClose={() => setSharing(null)} /> : null}
    </Context>
  );
}
