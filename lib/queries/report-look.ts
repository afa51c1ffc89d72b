import { z } from "zod";
import { ok, type Result } from "@/lib/domain/refusal";
import type { ReportLook } from "@/lib/domain/views/scans";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { columnsIn } from "@/lib/plugins/importers/generic/mapped";
import { HEAD_BYTES, headText, recognise } from "@/lib/plugins/importers/recognise";

const PACKED: readonly (readonly number[])[] = [[0x1f, 0x8b], [0x50, 0x4b, 0x03, 0x04]]; // gzip, zip
const NOTHING: ReportLook = { isPacked: false, found: null, message: null, tried: [], table: null };

/** Of a table so much is shown to whoever maps it. */
const COLUMNS_SHOWN = 200;
const ROWS_SHOWN = 50;
const CELL_SHOWN = 200;

/**
 * What the first bytes of a report tell before it is sent: `{environment, head}`, at most 64 KiB. A packed one says nothing about
 * what is in it. Nothing is stored; the import itself judges anew.
 */
export function lookAtReport(actor: Actor, raw: unknown): Promise<Result<ReportLook>> {
  return read(actor, {
    act: "scan.import",
    input: z.object({ environment: z.number().int().positive(), head: z.instanceof(Uint8Array).refine(({ length }) => length <= HEAD_BYTES, { message: "The first 64 KiB are enough." }) }),
    load: async (_db, { head }) => ok(lookAt(head)),
  }, raw);
}

function lookAt(head: Uint8Array): ReportLook {
  if (PACKED.some((mark) => mark.every((byte, at) => head[at] === byte))) return { ...NOTHING, isPacked: true };
  const text = headText(head);
  const told = recognise(text);
  const found = told.kind === "found" ? { format: told.importer.format, label: told.importer.label } : null;
  const [message, tried] = told.kind === "found" ? [null, []] : [told.message, told.tried.map(({ label, why }) => ({ format: label, why }))];
  return { isPacked: false, found, message, tried, table: tableIn(text) };
}

function tableIn(text: string): ReportLook["table"] {
  const found = columnsIn(text);
  if (found === null || found.columns.length > COLUMNS_SHOWN) return null;
  const { format, columns, rows, guess } = found;
  return { format, columns, guess, rows: rows.slice(0, ROWS_SHOWN).map((cells) => cells.map((cell) => cell.slice(0, CELL_SHOWN))) };
}
