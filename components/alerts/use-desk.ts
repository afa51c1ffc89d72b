"use client";
import { useRouter } from "next/navigation";
import { TABS } from "@/lib/domain/finding/words";
import { can } from "@/lib/domain/access/can";
import type { FindingActions } from "@/lib/domain/views/actions";
import type { AlertsPage, FindingRow, QueueFilter } from "@/lib/domain/views/alerts";
import { tabTarget, type AddressedView } from "@/lib/domain/views/queue-address";
import { thisMoment, untouchedSince, useCommandKeys, type Handlers } from "@/components/shell/command-registry";
import { useKeyboard } from "@/components/shell/keyboard";
import { commandKeys, type Command } from "./commands";
import type { RowAct } from "./queue-table";
import { TAB_KEYS } from "./queue-tabs";
import { FILTER_ID } from "./filter-field";
import { isShown } from "./listed";
import type { QueueState } from "./queue-state";
import { placeOf } from "./row-places";
import { redoNewest } from "./stale";
import { ticking, type Ticking } from "./ticking";
import { useCommands, type Given } from "./use-commands";
import { useDetails } from "./use-details";
import { useFilter } from "./use-filter";
import { useLiveQueue, useNotes } from "./use-live-queue";
import { rememberDeed, repeatOn } from "./use-line";
import { useMatching } from "./use-matching";
import { useOpen } from "./use-open";
import { useQueue, type Deed } from "./use-queue";
import { useSelection } from "./use-selection";

const NO_ROWS: readonly FindingRow[] = [];

/** Does this deed take the finding out of the tab or the filter that it is shown under? */
function leavesList(row: FindingRow | undefined, deed: Deed, state: QueueState): boolean {
  return row !== undefined && !isShown(state, row, { ...row, ...deed.guess(row) });
}

/** Rows, filter, details, and what is open: everything the alerts screen knows. */
function useParts(page: AlertsPage, actions: FindingActions, view: AddressedView | null) {
  const environment = page.environment.number;
  const details = useDetails(environment, actions, page.open);
  const [open, show] = useOpen(page.filter, view, page.open?.number ?? null, details.ask);
  const queue = useQueue(page, actions, details.changed);
  useLiveQueue(environment, queue.state, queue.dispatch, details.changed);
  useNotes(queue.state.news, queue.dispatch);
  const filter = useFilter(page.filter, view);
  const rows = filter.isWaiting ? NO_ROWS : queue.rows; // what is decided is what is seen: while another list is on its way there is nothing to decide
  const selection = useSelection(rows, page.at ?? page.open?.number ?? null, can(page.me.role, "finding.decide"));
  const go = (next: QueueFilter) => {
    if (open !== null) show(null);
    filter.go(next, queue.settled());
  };
  return { details, open, show, queue, rows, selection, filter: { ...filter, go } };
}

type Parts = ReturnType<typeof useParts>;

/**
 * Carries a deed out. The cursor and the drawer go on to the next finding at once: always when theirs leaves the list, after a decision
 * in any case, unless the person wants to stay. Refused, they come back, when nothing was pressed in the meantime.
 */
function performer({ open, show, queue, selection }: Parts, advances: boolean) {
  return async function perform(deed: Deed) {
    const since = thisMoment();
    const gone = new Set(deed.items.map((item) => item.number));
    const next = queue.rows.slice(selection.index + 1).find((row) => !gone.has(row.number)) ?? queue.rows.slice(0, Math.max(0, selection.index)).findLast((row) => !gone.has(row.number));
    const leaves = (number: number) => leavesList(queue.rows.find((row) => row.number === number), deed, queue.state);
    const goesOn = (number: number | null) => advances && number !== null && gone.has(number) && (leaves(number) || (deed.isDecision === true && next !== undefined));
    const [wasOpen, wasAt, wasTicked] = [open, selection.current?.number ?? null, [...selection.ticked].filter((number) => gone.has(number))];
    if (goesOn(selection.current?.number ?? null) && next) selection.goTo(next.number);
    if (goesOn(open)) show(next?.number ?? null);
    selection.toggle(wasTicked, false);
    const changed = await queue.carryOut(deed);
    if (changed || !untouchedSince(since)) return changed;
    if (wasAt !== null) selection.goTo(wasAt);
    if (goesOn(wasOpen)) show(wasOpen);
    selection.toggle(wasTicked, true);
    return changed;
  };
}

function detailOf({ details }: Parts, number: number): FindingRow | null {
  const loaded = details.get(number);
  return loaded.state === "ready" ? loaded.detail : null;
}

/** The finding in the drawer, as the list or the drawer knows it. */
function openRow(parts: Parts): FindingRow | null {
  const { open, queue } = parts;
  return open === null ? null : (queue.rows.find((each) => each.number === open) ?? detailOf(parts, open));
}

/** What a command works on: what is ticked, else what is open, else where the cursor stands. The question why, and what the drawer offers (`given`), is about the one finding that is looked at. */
function targetsOf(parts: Parts, command: Command | null, given?: Given): readonly FindingRow[] {
  const { selection, open } = parts;
  if (!given && command !== "why" && selection.selected.length > 0) return selection.selected;
  const row = open === null ? selection.current : openRow(parts);
  return row ? [row] : [];
}

function focusQueue() {
  document.getElementById("queue")?.focus({ preventScroll: true });
}

/** The grid takes the focus when nothing has it, so that each row under the cursor is announced and a closed dialog leads back. */
function ontoQueue() {
  if (document.activeElement === document.body) focusQueue();
}

function focusSearch() {
  document.getElementById(FILTER_ID)?.focus();
}

/** How far Page Up and Page Down go, in rows. */
const PAGE = 15;

type Ways = { ticks: Ticking; run: (command: Command) => void; toPage: (number: number) => void; repeat: () => void; close: () => void };

function keysOf(parts: Parts, { ticks, run, toPage, repeat, close }: Ways): Handlers {
  const { selection, open, show, queue, filter } = parts;
  const follow = (row: FindingRow | null) => { if (row && open !== null) show(row.number); };
  const move = (step: number) => () => { ontoQueue(); follow(selection.moveTo(selection.index + step)); };
  const extend = (step: number) => () => { ontoQueue(); follow(ticks.extend(step)); };
  const here = open ?? selection.current?.number ?? null;
  const undo = () => {
    const [first] = queue.undoLast();
    if (first === undefined) return;
    selection.goTo(first);
    if (open !== null) show(first);
  };
  return {
    "move.next": move(1), "move.previous": move(-1), "move.pageDown": move(PAGE), "move.pageUp": move(-PAGE),
    "move.first": move(-queue.rows.length), "move.last": move(queue.rows.length),
    "select.down": extend(1), "select.up": extend(-1), "select.toggle": () => { if (selection.current) ticks.tick(selection.current); }, "select.all": ticks.all,
    "open.beside": () => { if (selection.current) show(selection.current.number); },
    "open.page": () => { if (here !== null) toPage(here); },
    back: () => (open === null ? ticks.clear() : close()), "filter.focus": focusSearch, "action.undo": undo, "decision.repeat": repeat, "decision.redo": redoNewest,
    ...commandKeys(run),
    ...Object.fromEntries(TABS.map((tab) => [TAB_KEYS[tab], () => filter.go(tabTarget(parts.filter.filter, tab))])),
  };
}

/** The alerts screen without its looks: state, commands, keys, and what a click on a row does. */
export function useDesk(page: AlertsPage, actions: FindingActions, view: AddressedView | null) {
  const router = useRouter();
  const parts = useParts(page, actions, view);
  const { queue, selection, show } = parts;
  const desk = { environment: page.environment.number, actions, me: page.me, people: page.people, policy: page.policy, now: page.now };
  const latest = (rows: readonly FindingRow[]) => rows.map((row) => queue.state.rows[placeOf(queue.state.rows, row.number)] ?? detailOf(parts, row.number) ?? row);
  const { settings } = useKeyboard();
  const perform = performer(parts, settings.advance);
  const carryOut = (deed: Deed) => {
    rememberDeed(page.environment.number, deed);
    return perform(deed);
  };
  const commands = useCommands(desk, carryOut, latest);
  const matching = useMatching(page, parts.filter.filter, queue.state.total, selection.selected, selection.clear);
  const ticks = ticking(parts.rows, selection, matching);
  const repeat = () => { if (!matching.run("repeat")) repeatOn(page.environment.number, latest(targetsOf(parts, null)), carryOut); };
  const run = (command: Command, given?: Given) => {
    if (given || !matching.run(command)) commands.run(command, targetsOf(parts, command, given), given);
  };

  function onAct(index: number, act: RowAct) {
    if (act === "range") return ticks.range(index);
    const row = selection.moveTo(index);
    if (!row) return;
    if (act === "tick") ticks.tick(row);
    else if (act === "open" || act === "point") show(row.number);
    else commands.run(act, [row]);
  }

  const toPage = (number: number) => router.push(`/e/${page.environment.number}/findings/${number}`);
  /** Closes the drawer: the focus that was in it goes back to the list. */
  const close = () => { show(null); focusQueue(); };
  useCommandKeys(keysOf(parts, { ticks, run: (command) => run(command), toPage, repeat, close }));
  return { ...parts, run, close, carryOut, onAct, ticks, matching, dialog: commands.dialog };
}

export type DeskState = ReturnType<typeof useDesk>;
