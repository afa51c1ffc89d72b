"use client";
import { useModuleWords } from "@/components/module/module-context";
import { Button } from "@/components/ui/button";
import type { FindingRow } from "@/lib/domain/views/alerts";
import { namesOf } from "./stale";
import { isMovedByOthers } from "./use-line";

type Props = { environment: number; /** as they were when the dialog was opened */ seen: readonly FindingRow[]; now: readonly FindingRow[]; onTake: () => void };

/** Says in an open dialog that others moved what it is about. What is sent is sent on what was seen, and refused for those; whoever wants them as they are takes them so. */
export function MovedNotice({ environment, seen, now, onTake }: Props) {
  const words = useModuleWords();
  const moved = seen.flatMap((before, at) => {
    const after = now[at];
    return after && isMovedByOthers(environment, before, after) ? [{ before, after }] : [];
  });
  const [only] = moved;
  const isOne = moved.length === 1 && only !== undefined;
  const turn = isOne && only.before.response !== only.after.response ? `: ${words.response(only.before.response)} → ${words.response(only.after.response)}` : "";
  return (
    <div role="status" className={moved.length > 0 ? "mx-5 mt-1.5 flex flex-wrap items-center gap-2 rounded-[9px] border border-danger px-3 py-1.5" : "sr-only"}>
      {moved.length > 0 ? (
        <>
          <span className="min-w-0 flex-1 basis-64"><b className="font-medium">{namesOf(moved.map(({ before }) => before.number))} moved since this was opened{turn}.</b> What was decided meanwhile is not overwritten.</span>
          <Button onClick={onTake}>Go on with {isOne ? "it as it is" : "them as they are"} now</Button>
        </>
      ) : null}
    </div>
  );
}
