"use client";
import type { ComponentProps } from "react";
import { BulkBar } from "./bulk-bar";
import { LineStrip } from "./line-strip";

type Props = { line: ComponentProps<typeof LineStrip>; bulk: ComponentProps<typeof BulkBar> | null };

/** What lies over the foot of the queue once somebody acts: which decisions came back, and what can be done to many. */
export function QueueBars({ line, bulk }: Props) {
  return (
    <>
      <LineStrip {...line} />
      {bulk ? <BulkBar {...bulk} /> : null}
    </>
  );
}
