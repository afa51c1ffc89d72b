import { ReportFault, type Source } from "../contract";
import type { Limits } from "../limits";
import { isFields, type Fields } from "./fields";
import { readLines, type TextLine } from "./text-lines";

/** One line of a JSON Lines file: always an object, with its number from 1. */
export type JsonLine = { value: Fields; line: number };

/**
 * Reads JSON Lines (jsonlines.org: one JSON object to a line, UTF-8, LF or CRLF) without holding more than one line.
 * Blank lines are passed over, and the last one need not end. A line that is no object is refused with the file, so
 * that a file cut inside of a line never passes; a cut between two lines cannot be seen (`provesItsEnd`).
 * The lines come in batches, each to be read to its end before the next.
 */
export async function* readJsonLines(source: Source, limits: Limits): AsyncGenerator<Iterable<JsonLine>> {
  for await (const batch of readLines(source, limits)) yield objectsIn(batch, limits);
}

function* objectsIn(batch: Iterable<TextLine>, limits: Limits): Generator<JsonLine> {
  for (const { text, line } of batch) {
    checkDepth(text, line, limits);
    const value = parsed(text, line);
    if (!isFields(value)) throw new ReportFault("A line of the report is no JSON object", { line });
    yield { value, line };
  }
}

function parsed(text: string, line: number): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    throw new ReportFault("A line of the report is not valid JSON, or the report is cut short", { line });
  }
}

/** Counts what opens, brackets in texts too; only a line with more of them than levels are allowed is looked at closely. */
function checkDepth(text: string, line: number, limits: Limits): void {
  let opened = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (sign === 0x5b || sign === 0x7b) opened++;
  }
  if (opened > limits.depth && depthOf(text) > limits.depth) throw new ReportFault(`The report is nested deeper than ${String(limits.depth)} levels`, { line });
}

/** How deep the brackets outside of texts nest. */
function depthOf(text: string): number {
  let [depth, most, quoted] = [0, 0, false];
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (quoted && sign === 0x5c) at++;
    else if (sign === 0x22) quoted = !quoted;
    else if (!quoted && (sign === 0x5b || sign === 0x7b)) most = Math.max(most, ++depth);
    else if (!quoted && (sign === 0x5d || sign === 0x7d)) depth--;
  }
  return most;
}
