"use client";
import { piecesOf } from "@/lib/domain/finding/observation";

/** Text from outside: characters that would not show, or would turn others around, are drawn as what they are. */
export function PlainText({ text }: { text: string }) {
  return piecesOf(text).map(({ text: piece, hidden }, index) => (hidden === null
    ? <bdi key={index}>{piece}</bdi>
    : <span key={index} title={hidden} role="img" aria-label={hidden} className="mx-px rounded-sm bg-high/15 px-0.5 text-[0.85em] text-high">{piece}</span>));
}
