import type { Act } from "@/lib/domain/access/can";

/** Where a command answers; two commands may share a key when they never answer in the same place. */
export type Where = "queue" | "finding" | "assets" | "asset" | "scan" | "anywhere";

export type CommandRow = {
  id: string;
  /** What it does, as the help, the palette and the settings say it. */
  label: string;
  group: "Move" | "Select" | "Decide" | "View" | "Assets" | "Scans" | "Go" | "Anywhere";
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

const LISTS = ["queue", "assets", "scan"] as const;
const FINDINGS = ["queue", "finding"] as const;

/** Every command that has a key or could have one: key handling, help, hints on buttons, palette and settings all read this table. */
export const COMMANDS = [
  { id: "move.next", label: "Next", group: "Move", where: LISTS, keys: ["j"], fixed: ["ArrowDown"], repeats: true, quiet: true },
  { id: "move.previous", label: "Previous", group: "Move", where: LISTS, keys: ["k"], fixed: ["ArrowUp"], repeats: true, quiet: true },
  { id: "move.first", label: "First", group: "Move", where: ["queue"], keys: [], fixed: ["Home"], quiet: true },
  { id: "move.last", label: "Last that is loaded", group: "Move", where: ["queue"], keys: [], fixed: ["End"], quiet: true },
  { id: "move.pageDown", label: "A page down", group: "Move", where: ["queue"], keys: [], fixed: ["PageDown"], repeats: true, quiet: true },
  { id: "move.pageUp", label: "A page up", group: "Move", where: ["queue"], keys: [], fixed: ["PageUp"], repeats: true, quiet: true },
  { id: "open.beside", label: "Open; in the queue beside the list", group: "Move", where: ["queue", "assets"], keys: [], fixed: ["Enter"], quiet: true },
  { id: "open.page", label: "Open as a page", group: "Move", where: ["queue"], keys: ["o"] },
  { id: "back", label: "Back: close the drawer, then clear the selection", group: "Move", where: ["queue", "finding", "assets", "asset", "scan"], keys: [], fixed: ["Escape"], quiet: true },

  { id: "select.toggle", label: "Select, deselect", group: "Select", where: ["queue", "assets"], keys: ["x"], quiet: true },
  { id: "select.down", label: "Extend downwards", group: "Select", where: ["queue", "assets"], keys: ["Shift+j"], fixed: ["Shift+ArrowDown"], repeats: true, quiet: true },
  { id: "select.up", label: "Extend upwards", group: "Select", where: ["queue", "assets"], keys: ["Shift+k"], fixed: ["Shift+ArrowUp"], repeats: true, quiet: true },
  { id: "select.all", label: "Select all that are loaded", group: "Select", where: ["queue"], keys: [], fixed: ["Mod+a"], inList: true },

  { id: "finding.investigate", label: "Investigate", group: "Decide", where: FINDINGS, keys: ["i"], act: "finding.decide" },
  { id: "finding.accept", label: "Accept the risk…", group: "Decide", where: FINDINGS, keys: ["r"], act: "finding.decide" },
  { id: "finding.close", label: "Close: record a disposition…", group: "Decide", where: FINDINGS, keys: ["e"], act: "finding.decide" },
  { id: "finding.review", label: "Back to Needs Review", group: "Decide", where: FINDINGS, keys: ["u"], act: "finding.decide" },
  { id: "finding.assign", label: "Assign…", group: "Decide", where: FINDINGS, keys: ["a"], act: "finding.assign" },
  { id: "finding.assignMe", label: "Assign to me", group: "Decide", where: FINDINGS, keys: ["m"], act: "finding.assign" },
  { id: "finding.tag", label: "Tag…", group: "Decide", where: FINDINGS, keys: ["l"], act: "finding.tag" },
  { id: "finding.bookmark", label: "Bookmark; once more takes it away", group: "Decide", where: FINDINGS, keys: ["b"], act: "finding.bookmark" },
  { id: "finding.share", label: "Share with colleagues…", group: "Decide", where: FINDINGS, keys: ["h"], act: "finding.share" },
  { id: "finding.why", label: "Why is this here?", group: "View", where: FINDINGS, keys: ["w"], act: "finding.read" },
  { id: "finding.approve", label: "Approve the acceptance that is asked for", group: "Decide", where: FINDINGS, keys: [], act: "acceptance.approve" },
  { id: "finding.refuse", label: "Refuse the acceptance that is asked for…", group: "Decide", where: FINDINGS, keys: [], act: "acceptance.approve" },
  { id: "finding.state", label: "State in its module: key, takedown, relevance…", group: "Decide", where: FINDINGS, keys: [], act: "finding.set_state" },
  { id: "finding.calibrate", label: "Calibrate the severity…", group: "Decide", where: FINDINGS, keys: [], act: "finding.calibrate" },
  { id: "finding.evidence", label: "Add evidence…", group: "Decide", where: FINDINGS, keys: [], act: "finding.evidence" },
  { id: "finding.carry", label: "Carry over the decision of the finding that it looks like", group: "Decide", where: FINDINGS, keys: ["c"], act: "finding.decide" },
  { id: "suggestion.apply", label: "Apply what a statement suggests about the open finding", group: "Decide", where: FINDINGS, keys: ["y"], act: "finding.decide" },
  { id: "suggestion.ignore", label: "Ignore that suggestion", group: "Decide", where: FINDINGS, keys: ["Shift+y"], act: "finding.decide" },
  { id: "decision.repeat", label: "Repeat the last decision on what is selected", group: "Decide", where: ["queue"], keys: ["."], act: "finding.decide" },
  { id: "decision.redo", label: "Decide anyway, on top of what others changed", group: "Decide", where: FINDINGS, keys: ["d"], act: "finding.decide" },
  { id: "action.undo", label: "Undo my newest action; again, the one before", group: "Decide", where: ["queue", "finding", "scan"], keys: ["z"], act: "finding.revert" },

  { id: "tab.1", label: "Tab: Needs Review", group: "View", where: ["queue"], keys: ["1"] },
  { id: "tab.2", label: "Tab: Investigating", group: "View", where: ["queue"], keys: ["2"] },
  { id: "tab.3", label: "Tab: Accepted Risk", group: "View", where: ["queue"], keys: ["3"] },
  { id: "tab.4", label: "Tab: Closed", group: "View", where: ["queue"], keys: ["4"] },
  { id: "tab.5", label: "Tab: All", group: "View", where: ["queue"], keys: ["5"] },
  { id: "view.save", label: "Save this view…", group: "View", where: ["queue"], keys: ["s"], act: "view.save" },
  { id: "view.open", label: "Open a view", group: "View", where: ["queue"], keys: ["v"] },
  { id: "view.columns", label: "Columns and density", group: "View", where: ["queue"], keys: ["Shift+v"] },
  { id: "view.sort", label: "Order", group: "View", where: ["queue"], keys: ["Shift+s"] },
  { id: "filter.focus", label: "Filter and search", group: "View", where: ["queue", "assets"], keys: ["/"] },

  { id: "asset.edit", label: "Edit what is selected, or the open asset", group: "Assets", where: ["assets", "asset"], keys: ["e"], act: "asset.manage" },
  { id: "asset.add", label: "Add an asset", group: "Assets", where: ["assets"], keys: ["n"], act: "asset.manage" },
  { id: "scan.apply", label: "Apply what is shown; release what is held", group: "Scans", where: ["scan"], keys: ["a"], act: "scan.import" },

  { id: "go.alerts", label: "Alerts", group: "Go", where: ["anywhere"], keys: ["g a"], act: "finding.read" },
  { id: "go.scans", label: "Scans", group: "Go", where: ["anywhere"], keys: ["g s"], act: "scan.read" },
  { id: "go.assets", label: "Assets, the inventory", group: "Go", where: ["anywhere"], keys: ["g i"], act: "asset.read" },
  { id: "go.audit", label: "Audit log", group: "Go", where: ["anywhere"], keys: ["g l"], act: "audit.read" },
  { id: "go.help", label: "Help", group: "Go", where: ["anywhere"], keys: ["g h"], act: "finding.read" },
  { id: "go.settings", label: "Settings: keyboard", group: "Go", where: ["anywhere"], keys: ["g k"], act: "environment.read" },

  { id: "palette.open", label: "Search, go or do anything", group: "Anywhere", where: ["anywhere"], keys: [], fixed: ["Mod+k"], quiet: true },
  { id: "help.keys", label: "The list of keys", group: "Anywhere", where: ["anywhere"], keys: ["?"] },
  { id: "dialog.send", label: "Send a dialog", group: "Anywhere", where: ["anywhere"], keys: [], fixed: ["Mod+Enter"], quiet: true },
] as const satisfies readonly CommandRow[];

export type CommandId = (typeof COMMANDS)[number]["id"];

const ROWS: ReadonlyMap<string, CommandRow & { id: CommandId }> = new Map(COMMANDS.map((row) => [row.id, row]));

/** A command by its id. */
export function commandOf(id: CommandId): CommandRow & { id: CommandId } {
  const row = ROWS.get(id);
  if (!row) throw new Error(`There is no command ${id}.`);
  return row;
}

export const GROUPS = ["Decide", "Move", "Select", "View", "Assets", "Scans", "Go", "Anywhere"] as const satisfies readonly CommandRow["group"][];
