"use client";
import { Button } from "@/components/ui/button";
import { CodeWords } from "@/components/ui/code-words";
import { Select } from "@/components/ui/field";
import type { MappingView, ReportLook } from "@/lib/domain/views/scans";
import type { Draft } from "./import-draft";
import { TriedList } from "./tried-list";

type Props = { look: ReportLook | "looking" | null; draft: Draft; mappings: readonly MappingView[]; onMapping: (mapping: Draft["mapping"], format: string) => void; onDraw: () => void };

/** Which columns are which, where it is a table: a saved reading, one that is drawn now, or by their names. */
function Table({ look, draft, mappings, onMapping, onDraw }: Props & { look: ReportLook }) {
  const { table } = look;
  if (!table || !(look.found === null || look.found.format === table.format || draft.mapping)) return null;
  const fitting = mappings.filter(({ format }) => format === table.format);
  const chosen = draft.mapping === null ? "" : "name" in draft.mapping ? draft.mapping.name : "{";
  return (
    <div className="mt-2 flex flex-wrap items-center gap-2">
      <label htmlFor="columns">Its columns</label>
      <Select id="columns" className="max-w-64" value={chosen} onChange={(event) => onMapping(event.target.value === "" ? null : { name: event.target.value }, table.format)}>
        <option value="">by their names</option>
        {chosen === "{" ? <option value="{">as drawn</option> : null}
        {fitting.map(({ name }) => <option key={name} value={name}>as “{name}” says</option>)}
      </Select>
      <Button onClick={onDraw}>Say which column is which…</Button>
    </div>
  );
}

function says(look: ReportLook, draft: Draft): string {
  if (draft.mapping !== null) return "It is read as a table of your own.";
  if (look.isPacked) return "It is packed: what is in it shows once it is read. Columns can be named for a plain table alone.";
  if (look.found) return `It is recognised: ${look.found.label}.`;
  return `${look.message ?? "It is not recognised"}.`;
}

/** What the first bytes of the chosen file tell, before it is sent. */
export function LookedAt(props: Props) {
  const { look, draft } = props;
  if (look === null) return null;
  if (look === "looking") return <p role="status" className="mt-2 text-ink-3">Looking at it…</p>;
  return (
    <div className="mt-2">
      <p role="status" className={look.found || draft.mapping || look.isPacked ? "text-ink-2" : "text-medium"}><CodeWords text={says(look, draft)} />{look.table && !look.found && !draft.mapping ? " It is a table, though: say which of its columns is which." : ""}</p>
      <Table {...props} look={look} />
      {draft.mapping === null && !look.found ? <TriedList tried={look.tried} /> : null}
    </div>
  );
}
