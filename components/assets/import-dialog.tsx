"use client";
import clsx from "clsx";
import { FileSpreadsheet } from "lucide-react";
import { useId, useState, type DragEvent } from "react";
import { keyInBrackets } from "@/components/shell/command-registry";
import { Button, buttonClass } from "@/components/ui/button";
import { CutName } from "@/components/ui/cut-name";
import { Dialog } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import { MAX_SHEET_BYTES, MAX_SHEET_ROWS } from "@/lib/domain/asset/input";
import type { SheetKind } from "@/lib/domain/asset/plan";
import { ASSET_FIELDS, FIELD_WORDS } from "@/lib/domain/asset/words";
import type { AssetImportRecord } from "@/lib/domain/records/asset";
import type { AssetActions } from "@/lib/domain/views/assets";
import { assetsOf, assetsWord, takeBack } from "./announce";
import { sendSheet } from "./send-sheet";

const KINDS = [
  { kind: "new", label: "new", ink: "text-good" },
  { kind: "changed", label: "changed", ink: "text-accent" },
  { kind: "same", label: "the same", ink: "text-ink" },
  { kind: "refused", label: "refused", ink: "text-danger" },
] as const satisfies readonly { kind: SheetKind; label: string; ink: string }[];

type State = { step: "choose" | "reading" | "preview" | "applying"; file: File | null; told: AssetImportRecord | null; fault: { message: string; next: string | null } | null; moved: boolean };
const START: State = { step: "choose", file: null, told: null, fault: null, moved: false };

/** Where a sheet is dropped or chosen; the input is the real control. */
function Drop({ isBusy, onFile }: { isBusy: boolean; onFile: (file: File) => void }) {
  const id = useId();
  const [isOver, setOver] = useState(false);
  function onDrop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
  }
  return (
    <div onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={onDrop}
      className={clsx("mt-1 flex flex-col items-center gap-2 rounded-xl border border-dashed px-6 py-6 text-center transition-colors", isOver ? "border-accent bg-accent-soft" : "border-edge bg-ground")}>
      <FileSpreadsheet size={20} aria-hidden className="text-ink-3" />
      <p role="status">{isBusy ? "Reading the sheet…" : "Drop a CSV file here"}</p>
      <input id={id} data-autofocus type="file" accept=".csv,.tsv,.txt,text/csv" className="peer sr-only" onChange={(event) => { const [file] = event.target.files ?? []; event.target.value = ""; if (file) onFile(file); }} />
      <label htmlFor={id} className={buttonClass("plain", "sm", "cursor-pointer peer-focus-visible:outline-2 peer-focus-visible:outline-focus")}>Choose a file</label>
      <p className="text-xs text-ink-3">UTF-8, up to {MAX_SHEET_BYTES / 1024 / 1024} MB and {MAX_SHEET_ROWS.toLocaleString("en")} rows. Columns: <code className="font-mono">name</code> and any of {ASSET_FIELDS.map((field) => FIELD_WORDS[field].snake).join(", ")}. A column that is absent leaves its field as it is; a blank cell empties it.</p>
    </div>
  );
}

/** What the sheet would do: a count for each kind, and behind it the rows with what is said about them. */
function Preview({ told, moved }: { told: AssetImportRecord; moved: boolean }) {
  return (
    <div>
      {moved ? <p role="alert" className="mb-3 rounded-lg bg-medium-soft px-3 py-2 text-medium">The inventory changed since you looked. This is what the sheet would do now.</p> : null}
      <ul aria-label="What the sheet would do" className="flex flex-wrap gap-x-6 gap-y-1">{KINDS.map(({ kind, label, ink }) => <li key={kind} className="inline-flex items-baseline gap-1.5 text-ink-2"><b className={clsx("text-xl font-semibold tracking-tight", told[kind] > 0 ? ink : "text-ink-3")}>{told[kind].toLocaleString("en")}</b> {label}</li>)}</ul>
      {told.ignored_columns.length > 0 ? <p className="mt-1 text-xs text-ink-3">Left aside, since they mean nothing here: {told.ignored_columns.join(", ")}</p> : null}
      {KINDS.filter(({ kind }) => told[kind] > 0).map(({ kind, label }) => {
        const rows = told.rows.filter((row) => row.kind === kind);
        return (
          <details key={kind} open={kind === "refused" || (kind === "changed" && rows.length <= 12)} className="mt-3 rounded-lg border border-line">
            <summary className="cursor-pointer px-3 py-1.5 font-medium">{told[kind].toLocaleString("en")} {label}</summary>
            <ul tabIndex={0} aria-label={`Rows: ${label}`} className="max-h-44 overflow-y-auto border-t border-line text-xs">
              {rows.map((row) => <li key={row.line} className="flex gap-2 border-b border-line px-3 py-1 last:border-b-0"><span className="w-14 shrink-0 text-ink-3">line {row.line}</span><CutName name={row.name || "—"} className="w-48 shrink-0" /><span className="min-w-0 flex-1 break-words text-ink-2">{row.says}</span></li>)}
              {told[kind] > rows.length ? <li className="px-3 py-1 text-ink-3">and {(told[kind] - rows.length).toLocaleString("en")} more</li> : null}
            </ul>
          </details>
        );
      })}
    </div>
  );
}

type Props = { environment: number; revert: AssetActions["revertAssets"]; onDone: () => void; onUndone: () => void; onClose: () => void };

/** From a sheet to the inventory: read, shown, and applied only when somebody says so. */
export function ImportDialog({ environment, revert, onDone, onUndone, onClose }: Props) {
  const [state, setState] = useState(START);
  const { step, file, told, fault, moved } = state;
  const changes = told ? told.new + told.changed : 0;

  async function look(chosen: File) {
    if (chosen.size > MAX_SHEET_BYTES) return setState({ ...START, fault: { message: "This file is too large.", next: "Split it; each part is applied by itself." } });
    setState({ ...START, step: "reading", file: chosen });
    const answer = await sendSheet(environment, chosen, null);
    setState(answer.ok ? { ...START, step: "preview", file: chosen, told: answer.told } : { ...START, fault: answer });
  }

  async function apply() {
    if (!file || !told || step === "applying") return;
    setState({ ...state, step: "applying" });
    const answer = await sendSheet(environment, file, told.digest);
    if (answer.ok) {
      const { new: entered, changed, refused, action: actionId } = answer.told;
      const mayUndo = actionId !== null && changed > 0; // what was entered stays
      toast({
        tone: "plain", title: `Imported: ${entered.toLocaleString("en")} new, ${assetsWord(changed)} changed${refused > 0 ? `, ${refused} refused` : ""}`, stays: 8_000,
        undoes: assetsOf(environment),
        action: mayUndo ? { label: `Undo${keyInBrackets("action.undo")}`, onClick: () => void takeBack({ environment, actionId, revert, onDone: onUndone }) } : undefined,
      });
      return onDone();
    }
    if (answer.fresh) setState({ ...state, step: "preview", told: answer.fresh, moved: true });
    else setState({ ...state, step: "preview", fault: answer });
  }

  const footer = told ? (
    <>
      <span className="mr-auto text-xs">{changes === 0 ? "Nothing would change" : `${assetsWord(changes)} will be written, each with its entry in the log`}</span>
      <Button size="md" onClick={() => setState(START)}>Choose another</Button>
      <Button size="md" look="primary" disabled={changes === 0} loading={step === "applying"} onClick={() => void apply()}>Apply</Button>
    </>
  ) : undefined;

  return (
    <Dialog title="Import assets" aside={told ? (file?.name ?? undefined) : undefined} onClose={onClose} footer={footer} width={720}>
      {fault ? <div role="alert" className="mb-3 rounded-lg bg-danger-soft px-3 py-2 text-danger"><b className="font-medium">{fault.message}</b>{fault.next ? <p className="text-ink-2">{fault.next}</p> : null}</div> : null}
      {told ? <Preview told={told} moved={moved} /> : <Drop isBusy={step === "reading"} onFile={(chosen) => void look(chosen)} />}
    </Dialog>
  );
}
