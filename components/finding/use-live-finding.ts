"use client";
import { useEffect, useEffectEvent, useRef } from "react";
import { changePace, type ChangePace } from "@/components/alerts/change-pace";
import { askChanges } from "@/components/alerts/use-live-queue";
import { useLive } from "@/components/shell/live";
import type { FindingRow } from "@/lib/domain/views/alerts";
import { wholeTab } from "@/lib/domain/views/queue-address";

type Known = Pick<FindingRow, "number" | "version" | "scannerStatus" | "lastSeenOn">;

/** Does a finding stand otherwise than it was read, by people or by scanners, who move no version? Null where no answer came. */
export async function isOther(environment: number, { number, version, scannerStatus, lastSeenOn }: Known): Promise<boolean | null> {
  const answer = await askChanges(environment, { filter: wholeTab("all"), seen: [{ number, version }], unknown: [], ends: [] });
  return answer && answer.rows.some((row) => row.version !== version || row.scannerStatus !== scannerStatus || row.lastSeenOn !== lastSeenOn);
}

/** Has the page read again when its finding changed: where it is named at once, after a gap or too much to be named where it stands otherwise. What gets no answer is asked again. */
export function useLiveFinding(environment: number, finding: Known, readAgain: () => void) {
  const pace = useRef<ChangePace | null>(null);
  const look = useEffectEvent(async (isNamed: boolean) => {
    const other = isNamed || (await isOther(environment, finding));
    if (other) readAgain();
    return other === null ? null : [];
  });
  useEffect(() => {
    const made = changePace((numbers) => look(numbers.size > 0));
    pace.current = made;
    return made.stop;
  }, []);
  useLive("findings", (changed) => {
    if (changed === "many") pace.current?.hear("many");
    else if (changed.includes(finding.number)) pace.current?.hear([finding.number]);
  });
}
