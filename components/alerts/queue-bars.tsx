"use client";
import type { ComponentProps } from "react";
import { BulkBar } from "./bulk-bar";
import { RefusedStrip } from "./refused-strip";

type Props = { refused: ComponentProps<typeof RefusedStrip>; bulk: ComponentProps<typeof BulkBar> | null };

/** What lies over the foot of the queue once somebody acts: which decisions were refused, and what can be done to many. */
export function QueueBars({ refused, bulk }: Props) {
  return (
    <>
      <RefusedStrip {...refused} />
      {bulk ? <BulkBar {...bulk} /> : null}
    </>
  );
}
