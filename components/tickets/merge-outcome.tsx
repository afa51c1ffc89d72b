"use client";
import type { ReactNode } from "react";
import clsx from "clsx";
import { findings } from "@/components/alerts/outcome-toast";
import { Skeleton } from "@/components/ui/states";
import { DESTINATION_LABELS, PRIORITY_LABELS, REMEDIATION_LABELS } from "@/lib/domain/ticket/words";
import type { TicketDetail } from "@/lib/domain/views/tickets";

const SHOWN = 12;

function list(numbers: readonly number[]): string {
  return `${numbers.slice(0, SHOWN).map((number) => `F-${number}`).join(", ")}${numbers.length > SHOWN ? ` and ${numbers.length - SHOWN} more` : ""}`;
}

/** What the two say of themselves where one of them will not be asked any more. */
const ROWS: readonly { name: string; of: (ticket: TicketDetail) => ReactNode }[] = [
  { name: "Title", of: ({ title }) => title },
  { name: "Findings", of: ({ linked }) => list(linked.map(({ number }) => number)) || "none" },
  { name: "Fix", of: ({ remediation, attempts }) => `${REMEDIATION_LABELS[remediation]}${attempts > 0 ? `, ${attempts} failed` : ""}` },
  { name: "Priority", of: ({ priority }) => PRIORITY_LABELS[priority] },
  { name: "Assignee", of: ({ assignee, team }) => assignee ?? team ?? "nobody" },
  { name: "Due", of: ({ dueOn }) => dueOn?.slice(0, 10) ?? "no date" },
  { name: "Stands in", of: ({ connector, destination, external }) => `${connector ?? DESTINATION_LABELS[destination]}${external ? `, ${external.key}` : ""}` },
];

type Props = { mine: TicketDetail; other: TicketDetail | null; intoOther: boolean; onChoose: (intoOther: boolean) => void };

function Head({ ticket, survives, onChoose }: { ticket: TicketDetail; survives: boolean; onChoose: () => void }) {
  return (
    <th scope="col" className={clsx("px-2 py-1.5 text-left font-normal", survives && "bg-accent-soft")}>
      <label className="flex cursor-pointer items-center gap-1.5"><input type="radio" name="survivor" checked={survives} onChange={onChoose} className="accent-(--accent)" /><b className="font-medium text-ink">T-{ticket.number}</b> <span className={survives ? "text-accent" : "text-ink-3"}>{survives ? "stays" : "closes"}</span></label>
    </th>
  );
}

/** Both tickets side by side, and which of them goes on: what it says of itself holds, of the other only its findings go along. */
export function Merged({ mine, other, intoOther, onChoose }: Props) {
  if (other === null) return <div role="status" aria-label="Reading the other ticket" className="mt-3.5 space-y-2 py-1"><Skeleton className="h-3 w-40" /><Skeleton className="h-3 w-full" /><Skeleton className="h-3 w-full" /><Skeleton className="h-3 w-3/5" /></div>;
  const [into, from] = intoOther ? [other, mine] : [mine, other];
  const held = new Set(into.linked.map(({ number }) => number));
  const both = from.linked.map(({ number }) => number).filter((number) => held.has(number));
  const total = held.size + from.linked.length - both.length;
  return (
    <div className="mt-3.5">
      <div className="overflow-x-auto rounded-lg border border-line">
        <table className="w-full table-fixed text-sm">
          <caption className="sr-only">Which of the two goes on</caption>
          <thead><tr className="border-b border-line"><th scope="col" className="w-20 px-2 py-1.5 text-left text-xs font-normal text-ink-3">Goes on</th><Head ticket={mine} survives={!intoOther} onChoose={() => onChoose(false)} /><Head ticket={other} survives={intoOther} onChoose={() => onChoose(true)} /></tr></thead>
          <tbody>
            {ROWS.map(({ name, of }) => (
              <tr key={name} className="border-b border-line align-top last:border-b-0">
                <th scope="row" className="px-2 py-1 text-left text-xs font-normal text-ink-3">{name}</th>
                <td className={clsx("px-2 py-1 break-words", intoOther ? "text-ink-3" : "bg-accent-soft")}>{of(mine)}</td>
                <td className={clsx("px-2 py-1 break-words", intoOther ? "bg-accent-soft" : "text-ink-3")}>{of(other)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p role="status" className="mt-2 rounded-[9px] bg-sunk px-3 py-2.5 text-ink-2">
        <b className="font-medium text-ink">T-{into.number} goes on with {findings(total)}; T-{from.number} is closed as its duplicate.</b>{" "}
        {both.length > 0 ? `${list(both)} ${both.length === 1 ? "is" : "are"} on both: of how far the fix is, the worse stands. ` : "No finding is on both. "}
        What T-{into.number} says of itself holds; what T-{from.number} says stays with it, in the log.
      </p>
    </div>
  );
}
