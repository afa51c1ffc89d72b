"use client";
import { Kbd } from "@/components/ui/kbd";
import { useModuleWords } from "@/components/module/module-context";
import { handlerOf } from "@/components/shell/command-registry";
import { KeyCaps, useKeyHints } from "@/components/shell/keyboard";
import { moduleNamed } from "@/lib/domain/module/table";
import { commandId, type Command } from "./commands";
import { useRepeatLabel } from "./use-line";
import type { Matching } from "./use-matching";

const PARTS = [
  [{ command: "investigate", label: "Investigate" }, { command: "close", label: "Close…" }, { command: "accept", label: "Accept risk…" }, { command: "review", label: "Needs Review" }],
  [{ command: "assign", label: "Assign…" }, { command: "tag", label: "Tag…" }, { command: "ticket", label: "Ticket…" }, { command: "route", label: "Route…" }, { command: "bookmark", label: "Bookmark" }, { command: "share", label: "Share…" }],
] as const;

const itemClass = "inline-flex items-center gap-1.5 rounded-md px-2 py-[5px] whitespace-nowrap text-ink hover:bg-hover";

const linkClass = "ml-2 font-medium whitespace-nowrap text-accent hover:underline";

/** What is offered beside, by what is ticked: a flag that may be answered, decisions that may be put right. */
const BESIDE = [{ command: "keep", label: "Keep…" }, { command: "amend", label: "Amend…" }] as const;

type Props = { environment: number; beside: readonly Command[]; count: number; hasMore: boolean; loaded: number; total: number | null; matching: Matching; onAll: () => void; onCommand: (command: Command) => void; onClear: () => void };

/** What to do with the ticked findings, at once; or with all that match, in the background. */
export function BulkBar({ environment, beside, count: ticked, hasMore, loaded, total, matching, onAll, onCommand, onClear }: Props) {
  const hintOf = useKeyHints();
  const words = useModuleWords();
  const own = moduleNamed(words.shown).state;
  const repeat = useRepeatLabel(environment);
  const offersAll = matching.may && hasMore;
  const all = total?.toLocaleString("en");
  const chosen = `${matching.isOn ? (all ?? "All matching") : ticked.toLocaleString("en")} selected`;
  return (
    <div role="toolbar" aria-label={chosen} className="absolute bottom-[18px] left-4 z-20 flex min-h-[42px] max-w-[calc(100%-2rem)] animate-rise items-center overflow-x-auto gap-px rounded-[11px] border border-line-strong bg-raised py-1 pr-1.5 pl-3.5 shadow-menu @max-7xl:[&_kbd]:hidden">
      <b className="font-semibold whitespace-nowrap" role="status">{chosen}</b>
      {!matching.isOn && ticked < loaded && !offersAll ? <button type="button" onClick={onAll} className={linkClass}>Select {hasMore ? `the ${loaded.toLocaleString("en")} loaded` : `all ${loaded.toLocaleString("en")}`}</button> : null}
      {offersAll && !matching.isOn ? <button type="button" onClick={matching.choose} className={linkClass}>Select all {all ? `${all} ` : ""}matching</button> : null}
      {[[...PARTS[0], ...BESIDE.filter(({ command }) => beside.includes(command))], PARTS[1]].map((part, index) => (
        <span key={index} className={index === 0 ? "flex items-center gap-px" : "flex items-center gap-px @max-7xl:[&_kbd]:hidden"}>
          <span aria-hidden className="mx-1.5 h-5 w-px bg-line" />
          {part.map((item) => <button key={item.command} type="button" aria-keyshortcuts={hintOf(commandId(item.command))?.aria} onClick={() => onCommand(item.command)} className={itemClass}>{item.command === "accept" ? words.deed("accepted_risk", item.label) : item.label} <KeyCaps of={commandId(item.command)} /></button>)}
        </span>
      ))}
      <span aria-hidden className="mx-1.5 h-5 w-px bg-line" />
      {own ? <button type="button" onClick={() => onCommand("state")} className={itemClass}>{own.label}…</button> : null}
      {repeat && !matching.isOn ? <button type="button" title={repeat} aria-keyshortcuts={hintOf("decision.repeat")?.aria} onClick={() => handlerOf("decision.repeat")?.()} className={itemClass}><span className="max-w-44 truncate">{repeat}</span> <KeyCaps of="decision.repeat" /></button> : null}
      <button type="button" title="Severity, assignee, tags, route and response in one action" onClick={() => matching.run(null)} className={itemClass}>All in one…</button>
      <button type="button" onClick={onClear} className="inline-flex items-center gap-1.5 rounded-md px-2 py-[5px] text-ink-3 hover:bg-hover hover:text-ink">Clear <Kbd>Esc</Kbd></button>
    </div>
  );
}
