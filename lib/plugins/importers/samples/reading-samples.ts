import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Importer, type Observed, ReportFault, type ReportPart, type Source, type Statement, type Yield } from "../contract";
import { LIMITS, type Limits } from "../limits";
import { headText, recognise } from "../recognise";
import { readWhole } from "../reading/whole";

const FOLDER = import.meta.dirname;

export type Sample = { name: string; bytes: Buffer; importer: Importer; expected: string };

/** Every sample report beside this file, with the importer that recognises it: `three-hosts.nessus` is read as `three-hosts.expected.json` says. */
export function samples(): Sample[] {
  const names = readdirSync(FOLDER).filter((name) => !name.endsWith(".ts") && !name.endsWith(".expected.json"));
  return names.map((name) => {
    const bytes = readFileSync(join(FOLDER, name));
    const found = recognise(headText(bytes));
    if (found.kind !== "found") throw new Error(`${name}: ${found.message}`);
    return { name, bytes, importer: found.importer, expected: join(FOLDER, `${name.replace(/\.[a-z]+$/, "")}.expected.json`) };
  });
}

/** The bytes as a source whose chunks are cut at `size`, so that no parser can rely on where they end. */
export function sourceOf(content: string | Uint8Array, size = 65_536): Source {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  return { open: () => chunks(bytes, size) };
}

async function* chunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export type Reading = { yields: Yield[]; results: Observed[]; rejected: string[]; statements: Statement[]; parts: ReportPart[] };

export async function readAll(importer: Importer, content: string | Uint8Array | Source, limits: Limits = LIMITS): Promise<Reading> {
  const source = typeof content === "string" || content instanceof Uint8Array ? sourceOf(content) : content;
  const reading: Reading = { yields: [], results: [], rejected: [], statements: [], parts: [] };
  for await (const one of readWhole(importer, source, limits)) {
    // The place of a result is for people: where a sample's lines are is nothing that its golden file should hold.
    reading.yields.push(one.kind === "result" ? { kind: "result", result: one.result } : one);
    if (one.kind === "result") reading.results.push(one.result);
    else if (one.kind === "rejected") reading.rejected.push(`${one.where}: ${one.why}`);
    else if (one.kind === "statement") reading.statements.push(one.statement);
    else reading.parts.push(one.part);
  }
  return reading;
}

/** The fault a report is refused with, as its sentence; null when it was taken. Any other error is passed on. */
export async function faultOf(importer: Importer, content: string | Uint8Array | Source, limits: Limits = LIMITS): Promise<string | null> {
  try {
    await readAll(importer, content, limits);
    return null;
  } catch (error) {
    if (error instanceof ReportFault) return error.sentence;
    throw error;
  }
}

/** A SARIF file around these results, as text. */
export const sarifOf = (results: string, tool = '"driver":{"name":"Tool"}'): string =>
  `{"version":"2.1.0","runs":[{"tool":{${tool}},"results":[${results}]}]}`;

/** A Nessus file around these hosts. */
export const nessusOf = (hosts: string, head = '<?xml version="1.0"?>'): string =>
  `${head}<NessusClientData_v2><Report name="r">${hosts}</Report></NessusClientData_v2>`;
