import type { Refusal } from "@/lib/domain/refusal";
import type { FindingDetail } from "@/lib/domain/views/finding";

export type Loaded = { state: "loading" } | { state: "ready"; detail: FindingDetail } | { state: "failed"; refusal: Refusal };

/** So many are kept: whoever goes through a queue all day does not carry every finding along. */
export const MOST_KEPT = 50;

/** What is kept once one more is known, oldest first. */
export function keeping(known: ReadonlyMap<number, Loaded>, number: number, loaded: Loaded): ReadonlyMap<number, Loaded> {
  const others = [...known].filter(([each]) => each !== number);
  return new Map([...others.slice(-(MOST_KEPT - 1)), [number, loaded]]);
}

/** Tells of several loads of one finding which was begun last: an answer that was asked for earlier never stands over a later one. */
export function loadings() {
  const begun = new Map<number, number>();
  let count = 0;
  return {
    begin(number: number): () => boolean {
      const mine = (count += 1);
      begun.set(number, mine);
      return () => {
        if (begun.get(number) !== mine) return false;
        begun.delete(number);
        return true;
      };
    },
  };
}
