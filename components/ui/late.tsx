"use client";
import { createElement, useEffect, useState, type ComponentType, type ReactNode } from "react";
import { ATTEMPTS_MS, tellMissing, useAhead } from "./ahead";
import { Button } from "./button";

type Manner<P> = {
  /** What becomes of it when it is not to be had: the person is told already. */
  onGivenUp?: (props: P) => void;
  meanwhile?: ReactNode;
  /** Called while it is awaited, and what that gives when it has come: keys that are meant for it do nothing else. */
  hold?: () => () => void;
};

/**
 * A part of the screen whose code is fetched when it is drawn first, in the browser alone. Code that does not arrive is asked for again, then given up: nothing
 * but this part is missing, where a lazy component would take the whole screen to the error page. Drawn again it stands at once.
 */
export function late<P extends object>(load: () => Promise<ComponentType<P>>, { onGivenUp, meanwhile = null, hold }: Manner<P> = {}): ComponentType<P> {
  let known: ComponentType<P> | null = null;
  const fetched = () => load().then((part) => (known = part));

  return function Late(props: P) {
    const [before] = useState(() => known);
    const come = useAhead(fetched, before === null, () => onGivenUp?.(props));
    const Part = before ?? come;
    const isAwaited = Part === null;
    useEffect(() => (isAwaited ? hold?.() : undefined), [isAwaited]);
    return Part ? createElement(Part, props) : meanwhile;
  };
}

function Missing() {
  return <div role="alert" className="flex items-start gap-2 border-l border-line p-4 text-ink-2">That part of Docket did not arrive. <Button size="xs" onClick={() => location.reload()}>Load anew</Button></div>;
}

/** For `dynamic`, where the server draws the part as well: in the browser its code is asked for again too, and a line stands in its place when it is not to be had. */
export function insist<P extends object>(load: () => Promise<ComponentType<P>>): () => Promise<ComponentType<P>> {
  return async () => {
    if (typeof window === "undefined") return load();
    for (const wait of ATTEMPTS_MS) {
      await new Promise((over) => setTimeout(over, wait));
      const part = await load().catch(() => null);
      if (part) return part;
    }
    tellMissing();
    return Missing;
  };
}
