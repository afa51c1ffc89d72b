import type { Act } from "@/lib/domain/access/can";

/** Where a command answers; two commands may share a key when they never answer in the same place. */
export type Where = "queue" | "finding" | "assets" | "asset" | "scan" | "tickets" | "ticket" | "anywhere";

export type CommandRow = {
  id: string;
  group: "Move" | "Select" | "Decide" | "View" | "Tickets" | "Assets" | "Scans" | "Go" | "Anywhere";
  where: readonly Where[];
  /** Keys that a person may change: "j", "Shift+j", "Mod+k" (⌘ or Ctrl), "g a" (one after the other). */
  keys: readonly string[];
  /** Keys that stay whatever the settings say: named keys press no letter by accident. */
  fixed?: readonly string[];
  act?: Act;
  /** A key that is held down repeats it; a decision is taken once for each press. */
  repeats?: boolean;
  /** Only while the focus is on the list, since the browser has another use for the key. */
  inList?: boolean;
  /** Not offered in the palette: moving the cursor makes no sense from there. */
  quiet?: boolean;
};

const LISTS = ["queue", "assets", "scan", "tickets"] as const;
const MANY = ["queue", "assets", "tickets"] as const;
const FINDINGS = ["queue", "finding"] as const;

/** Every command that has a key or could have one: key handling, help, hints on buttons, palette and settings all read this table. What each does in words is command-words.ts, which only those load that say it. */
export const COMMANDS = [
  { id: "move.next", group: "Move", where: LISTS, keys: ["j"], fixed: ["ArrowDown"], repeats: true, quiet: true },
  { id: "move.previous", group: "Move", where: LISTS, keys: ["k"], fixed: ["ArrowUp"], repeats: true, quiet: true },
  { id: "move.first", group: "Move", where: ["queue"], keys: [], fixed: ["Home"], quiet: true },
  { id: "move.last", group: "Move", where: ["queue"], keys: [], fixed: ["End"], quiet: true },
  { id: "move.pageDown", group: "Move", where: ["queue"], keys: [], fixed: ["PageDown"], repeats: true, quiet: true },
  { id: "move.pageUp", group: "Move", where: ["queue"], keys: [], fixed: ["PageUp"], repeats: true, quiet: true },
  { id: "open.beside", group: "Move", where: MANY, keys: [], fixed: ["Enter"], quiet: true },
  { id: "open.page", group: "Move", where: ["queue"], keys: ["o"] },
  { id: "back", group: "Move", where: ["queue", "finding", "assets", "asset", "scan", "tickets", "ticket"], keys: [], fixed: ["Escape"], quiet: true },

  { id: "select.toggle", group: "Select", where: MANY, keys: ["x"], quiet: true },
  { id: "select.down", group: "Select", where: MANY, keys: ["Shift+j"], fixed: ["Shift+ArrowDown"], repeats: true, quiet: true },
  { id: "select.up", group: "Select", where: MANY, keys: ["Shift+k"], fixed: ["Shift+ArrowUp"], repeats: true, quiet: true },
  { id: "select.all", group: "Select", where: ["queue"], keys: [], fixed: ["Mod+a"], inList: true },

  { id: "finding.investigate", group: "Decide", where: FINDINGS, keys: ["i"], act: "finding.decide" },
  { id: "finding.accept", group: "Decide", where: FINDINGS, keys: ["r"], act: "finding.decide" },
  { id: "finding.close", group: "Decide", where: FINDINGS, keys: ["e"], act: "finding.decide" },
  { id: "finding.review", group: "Decide", where: FINDINGS, keys: ["u"], act: "finding.decide" },
  { id: "finding.keep", group: "Decide", where: FINDINGS, keys: ["p"], act: "finding.review" },
  { id: "finding.amend", group: "Decide", where: FINDINGS, keys: ["n"], act: "finding.amend" },
  { id: "finding.assign", group: "Decide", where: FINDINGS, keys: ["a"], act: "finding.assign" },
  { id: "finding.assignMe", group: "Decide", where: FINDINGS, keys: ["m"], act: "finding.assign" },
  { id: "finding.tag", group: "Decide", where: FINDINGS, keys: ["l"], act: "finding.tag" },
  { id: "finding.ticket", group: "Decide", where: FINDINGS, keys: ["t"], act: "ticket.write" },
  { id: "finding.bookmark", group: "Decide", where: FINDINGS, keys: ["b"], act: "finding.bookmark" },
  { id: "finding.share", group: "Decide", where: FINDINGS, keys: ["h"], act: "finding.share" },
  { id: "finding.why", group: "View", where: FINDINGS, keys: ["w"], act: "finding.read" },
  { id: "finding.approve", group: "Decide", where: FINDINGS, keys: [], act: "acceptance.approve" },
  { id: "finding.refuse", group: "Decide", where: FINDINGS, keys: [], act: "acceptance.approve" },
  { id: "finding.route", group: "Decide", where: FINDINGS, keys: [], act: "finding.route" },
  { id: "finding.state", group: "Decide", where: FINDINGS, keys: [], act: "finding.set_state" },
  { id: "finding.calibrate", group: "Decide", where: FINDINGS, keys: [], act: "finding.calibrate" },
  { id: "finding.evidence", group: "Decide", where: FINDINGS, keys: [], act: "finding.evidence" },
  { id: "finding.carry", group: "Decide", where: FINDINGS, keys: ["c"], act: "finding.decide" },
  { id: "suggestion.apply", group: "Decide", where: FINDINGS, keys: ["y"], act: "finding.decide" },
  { id: "suggestion.ignore", group: "Decide", where: FINDINGS, keys: ["Shift+y"], act: "finding.decide" },
  { id: "decision.repeat", group: "Decide", where: FINDINGS, keys: ["."], act: "finding.decide" },
  { id: "decision.redo", group: "Decide", where: FINDINGS, keys: ["d"], act: "finding.decide" },
  { id: "action.undo", group: "Decide", where: ["queue", "finding", "scan"], keys: ["z"], act: "finding.revert" },

  { id: "tab.1", group: "View", where: ["queue"], keys: ["1"] },
  { id: "tab.2", group: "View", where: ["queue"], keys: ["2"] },
  { id: "tab.3", group: "View", where: ["queue"], keys: ["3"] },
  { id: "tab.4", group: "View", where: ["queue"], keys: ["4"] },
  { id: "tab.5", group: "View", where: ["queue"], keys: ["5"] },
  { id: "view.save", group: "View", where: ["queue"], keys: ["s"], act: "view.save" },
  { id: "view.open", group: "View", where: ["queue"], keys: ["v"] },
  { id: "view.columns", group: "View", where: ["queue"], keys: ["Shift+v"] },
  { id: "view.sort", group: "View", where: ["queue"], keys: ["Shift+s"] },
  { id: "filter.focus", group: "View", where: MANY, keys: ["/"] },

  { id: "ticket.close", group: "Tickets", where: ["tickets", "ticket"], keys: ["e"], act: "ticket.write" },
  { id: "ticket.reopen", group: "Tickets", where: ["tickets", "ticket"], keys: ["o"], act: "ticket.write" },
  { id: "ticket.edit", group: "Tickets", where: ["ticket"], keys: ["Shift+e"], act: "ticket.write" },
  { id: "ticket.link", group: "Tickets", where: ["ticket"], keys: ["l"], act: "ticket.write" },
  { id: "ticket.unlink", group: "Tickets", where: ["ticket"], keys: ["Shift+l"], act: "ticket.write" },
  { id: "ticket.split", group: "Tickets", where: ["ticket"], keys: ["s"], act: "ticket.write" },
  { id: "ticket.merge", group: "Tickets", where: ["ticket"], keys: ["m"], act: "ticket.write" },
  { id: "ticket.followUp", group: "Tickets", where: ["ticket"], keys: ["d"], act: "ticket.write" },
  { id: "asset.edit", group: "Assets", where: ["assets", "asset"], keys: ["e"], act: "asset.manage" },
  { id: "asset.add", group: "Assets", where: ["assets"], keys: ["n"], act: "asset.manage" },
  { id: "scan.apply", group: "Scans", where: ["scan"], keys: ["a"], act: "scan.import" },

  { id: "go.alerts", group: "Go", where: ["anywhere"], keys: ["g a"], act: "finding.read" },
  { id: "go.bulks", group: "Go", where: ["anywhere"], keys: ["g b"], act: "finding.read" },
  { id: "go.tickets", group: "Go", where: ["anywhere"], keys: ["g t"], act: "ticket.read" },
  { id: "go.inbox", group: "Go", where: ["anywhere"], keys: ["g m"], act: "notice.read" },
  { id: "go.scans", group: "Go", where: ["anywhere"], keys: ["g s"], act: "scan.read" },
  { id: "go.assets", group: "Go", where: ["anywhere"], keys: ["g i"], act: "asset.read" },
  { id: "go.audit", group: "Go", where: ["anywhere"], keys: ["g l"], act: "audit.read" },
  { id: "go.help", group: "Go", where: ["anywhere"], keys: ["g h"], act: "finding.read" },
  { id: "go.settings", group: "Go", where: ["anywhere"], keys: ["g k"], act: "environment.read" },

  { id: "palette.open", group: "Anywhere", where: ["anywhere"], keys: [], fixed: ["Mod+k"], quiet: true },
  { id: "help.keys", group: "Anywhere", where: ["anywhere"], keys: ["?"] },
  { id: "dialog.send", group: "Anywhere", where: ["anywhere"], keys: [], fixed: ["Mod+Enter"], quiet: true },
] as const satisfies readonly CommandRow[];

export type CommandId = (typeof COMMANDS)[number]["id"];

export type KnownCommand = CommandRow & { id: CommandId };

const ROWS: ReadonlyMap<string, KnownCommand> = new Map(COMMANDS.map((row) => [row.id, row]));

/** A command by its id. */
export function commandOf(id: CommandId): KnownCommand {
  const row = ROWS.get(id);
  if (!row) throw new Error(`There is no command ${id}.`);
  return row;
}

export const GROUPS = ["Decide", "Move", "Select", "View", "Tickets", "Assets", "Scans", "Go", "Anywhere"] as const satisfies readonly CommandRow["group"][];
