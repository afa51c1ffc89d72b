import type { Handlers } from "@/components/shell/command-registry";
import { can, type Act, type Role } from "@/lib/domain/access/can";
import type { FindingRow } from "@/lib/domain/views/alerts";

/** What a person can do to findings from a screen: at once, or through a dialog of the same name. */
export const COMMANDS = ["investigate", "review", "assignMe", "close", "accept", "keep", "amend", "assign", "tag", "route", "state", "calibrate", "evidence", "ticket", "bookmark", "share", "approve", "refuse", "why"] as const;
export type Command = (typeof COMMANDS)[number];
export type DialogName = Exclude<Command, "investigate" | "assignMe" | "bookmark" | "share" | "approve" | "why">;

/** The command's row in the table of keys. */
export function commandId(command: Command) {
  return `finding.${command}` as const;
}

/** Answers to the keys of all of them. */
export function commandKeys(run: (command: Command) => void): Handlers {
  return Object.fromEntries(COMMANDS.map((command) => [commandId(command), () => run(command)]));
}

const ASKS = {
  investigate: "finding.decide", review: "finding.decide", close: "finding.decide", accept: "finding.decide",
  keep: "finding.review", amend: "finding.amend",
  assignMe: "finding.assign", assign: "finding.assign", tag: "finding.tag", route: "finding.route", state: "finding.set_state", calibrate: "finding.calibrate", evidence: "finding.evidence", ticket: "ticket.write",
  bookmark: "finding.bookmark", share: "finding.share", approve: "acceptance.approve", refuse: "acceptance.approve", why: "finding.read",
} as const satisfies Record<Command, Act>;

export function mayDo(role: Role, command: Command): boolean {
  return can(role, ASKS[command]);
}

/** Is there a decision that may be kept or put right? */
export function isDecided(row: Pick<FindingRow, "response">): boolean {
  return row.response !== "needs_review";
}

/** Setting a resolved finding back asks for a note, so that the log says why the closure did not hold. */
export function needsNote(command: Command, rows: readonly FindingRow[]): boolean {
  return command === "review" && rows.some((row) => row.governance === "resolved");
}
