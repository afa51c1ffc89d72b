"use client";
import { Ellipsis } from "lucide-react";
import { commandId, isDecided, mayDo, type Command } from "@/components/alerts/commands";
import { repeatOn, useRepeatLabel, type Deed } from "@/components/alerts/use-line";
import { useModuleWords } from "@/components/module/module-context";
import { KeyCaps, useKeyHints } from "@/components/shell/keyboard";
import { Button, buttonClass } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import type { Role } from "@/lib/domain/access/can";
import type { FindingRow } from "@/lib/domain/views/alerts";

const LABELS = {
  investigate: "Investigate", close: "Close…", accept: "Accept risk…", keep: "Keep the decision…", amend: "Amend the decision…", review: "Needs Review", assign: "Assign…", assignMe: "Assign to me", tag: "Tag…", route: "Route…", state: "State…", calibrate: "Calibrate severity…", evidence: "Add evidence…", ticket: "Create ticket…", bookmark: "Bookmark", share: "Share…", approve: "Approve the acceptance", refuse: "Refuse the acceptance…", why: "Why is this here?",
} as const satisfies Record<Command, string>;

/** What comes first depends on where it stands; the rest is in the menu. */
const FIRST = {
  needs_review: ["investigate", "close", "accept"],
  investigating: ["close", "accept", "review"],
  accepted_risk: ["accept", "close", "review"],
  closed: ["review", "close", "accept"],
} as const satisfies Record<FindingRow["response"], readonly Command[]>;

const REST = ["keep", "amend", "assign", "assignMe", "ticket", "route", "tag", "state", "bookmark", "share", "why", "calibrate", "evidence", "review", "investigate", "close", "accept"] as const satisfies readonly Command[];

/** What is in the menu of this finding: a state where its module has any, keeping and amending where there is what for. */
function isOffered(command: Command, row: FindingRow): boolean {
  if (command === "state") return row.stateModule !== null;
  return command === "keep" ? row.reReview !== null : command !== "amend" || isDecided(row);
}

type Props = { row: FindingRow; role: Role; environment: number; onCommand: (command: Command) => void; /** carries out what is repeated on this finding */ carryOut: (deed: Deed) => unknown };

/** The buttons of one finding. Without the right to decide there are none, and a line says why. */
export function FindingButtons({ row, role, environment, onCommand, carryOut }: Props) {
  const first: readonly Command[] = row.reReview === null ? FIRST[row.response] : ["keep", ...FIRST[row.response]];
  const hintOf = useKeyHints();
  const words = useModuleWords();
  const repeat = useRepeatLabel(environment);
  const repeated = repeat ? [{ key: "repeat", label: repeat, shortcut: hintOf("decision.repeat")?.text, onSelect: () => repeatOn(environment, [row], carryOut) }] : [];
  const labelOf = (command: Command) => (command === "accept" ? words.deed("accepted_risk", LABELS.accept) : LABELS[command]);
  if (!mayDo(role, "investigate")) return <p className="text-xs text-ink-3">Your role reads here. Analysts and managers decide.</p>;
  return (
    <div className="flex flex-wrap gap-[7px]">
      {first.map((command, index) => (
        <Button key={command} look={index === 0 ? "primary" : "plain"} onClick={() => onCommand(command)} aria-keyshortcuts={hintOf(commandId(command))?.aria}>
          {command === "accept" && row.response === "accepted_risk" ? "Renew…" : labelOf(command)} <KeyCaps of={commandId(command)} inverse={index === 0} />
        </Button>
      ))}
      <Menu
        label="More" align="end" width={230}
        items={[...repeated, ...REST.filter((command) => !first.includes(command) && isOffered(command, row)).map((command) => ({ key: command, label: labelOf(command), shortcut: hintOf(commandId(command))?.text, onSelect: () => onCommand(command) }))]}
        trigger={(wires) => <button {...wires} type="button" aria-label="More" title="More" className={buttonClass("plain", "sm", "px-2!")}><Ellipsis size={14} aria-hidden /></button>}
      />
    </div>
  );
}
