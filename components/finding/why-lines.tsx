"use client";
import { useModuleWords } from "@/components/module/module-context";
import { Moment } from "@/components/ui/moment";
import { RESPONSE_LABELS, RESPONSES } from "@/lib/domain/finding/words";
import { moduleNamed } from "@/lib/domain/module/table";

const INSTANT = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)/;

/** A line whose instants are written as everywhere else, in the reader's zone. */
export function WhyLine({ text }: { text: string }) {
  return text.split(INSTANT).map((part, index) => (INSTANT.test(part) ? <Moment key={index} at={part} look="minute" /> : part));
}

/** The lines are written in the words of every queue; what a module calls otherwise is said once below them. */
export function RenamedHere({ lines }: { lines: readonly string[] }) {
  const words = useModuleWords();
  const renamed = RESPONSES.filter((each) => words.response(each) !== RESPONSE_LABELS[each] && lines.some((line) => line.includes(RESPONSE_LABELS[each])));
  return renamed.map((each) => <p key={each} className="mt-1.5 text-xs text-ink-3">{RESPONSE_LABELS[each]} is called {words.response(each)} in {moduleNamed(words.shown).label}.</p>);
}
