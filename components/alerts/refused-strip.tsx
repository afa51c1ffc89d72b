"use client";
import Link from "next/link";
import { useModuleWords } from "@/components/module/module-context";
import { Button, buttonClass } from "@/components/ui/button";
import type { Refused } from "./refused";

type Props = { environment: number; refused: Refused | null; onShow: (number: number) => void; onForget: () => void };

function Strip({ environment, refused: { count, number, isHere, response }, onShow, onForget }: Props & { refused: Refused }) {
  const words = useModuleWords();
  const name = `F-${number}`;
  return (
    <div role="status" className="pointer-events-auto flex items-center gap-2 rounded-lg border border-danger bg-raised py-1 pr-1 pl-2.5 shadow-menu">
      <span>{count === 1 ? `${name}: decision refused${response ? `, it is ${words.response(response)} by now` : ""}` : `${count.toLocaleString("en")} decisions refused`}</span>
      {isHere ? <Button size="xs" onClick={() => onShow(number)}>{count === 1 ? "Show" : `Show ${name}`}</Button> : <Link href={`/e/${environment}/findings/${number}`} className={buttonClass("plain", "xs")}>Open {name}</Link>}
      <Button size="xs" look="quiet" onClick={onForget}>Dismiss</Button>
    </div>
  );
}

/** Decisions that were refused, and the way to the finding: to its row, or to its page where the list does not hold it. Nothing while all is well. */
export function RefusedStrip({ refused, ...rest }: Props) {
  return (
    <div role="region" aria-label="Refused decisions" className="pointer-events-none absolute right-4 bottom-[108px] z-20 flex flex-col items-end gap-1.5 text-xs">
      {refused ? <Strip refused={refused} {...rest} /> : null}
    </div>
  );
}
