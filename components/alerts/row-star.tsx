"use client";
import { Star } from "lucide-react";
import { useMarks } from "./marks";

/** A star on what this person bookmarked. */
export function RowStar({ number }: { number: number }) {
  return useMarks().marked.has(number) ? <Star size={11} aria-label="Bookmarked" role="img" className="shrink-0 fill-current text-accent" /> : null;
}
