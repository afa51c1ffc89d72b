import type { Guess } from "./queue-state";
import type { Deed } from "./use-line";

/** A decision that can be taken back: its place in the line, how its rows looked, and the action's id once it is known (`done`; null: it came to nothing). */
export type Decided = { kind: "decided"; id: number; deed: Deed; before: ReadonlyMap<number, Guess>; actionId: Promise<string | null>; done?: string | null };
/** A bulk action that this person began. */
type Began = { kind: "began"; bulk: number };
export type Act = Decided | Began;

const MOST_ACTS = 100;

const kept = new Map<number, Act[]>();

const actsOf = (environment: number) => kept.get(environment) ?? [];

/** Keeps what was done last in this tab. It outlives the screen, as the line of decisions does: whoever looks elsewhere and comes back may still take it back. */
export function rememberAct(environment: number, act: Act) {
  kept.set(environment, [...actsOf(environment), act].slice(-MOST_ACTS));
  if (act.kind === "decided") void act.actionId.then((done) => { act.done = done; });
}

/** What was taken back by other means is not taken back again. */
export function forgetAct(environment: number, isIt: (act: Act) => boolean): Act | null {
  const act = actsOf(environment).findLast(isIt) ?? null;
  kept.set(environment, actsOf(environment).filter((each) => each !== act));
  return act;
}

/** The newest act that stands, of all or of those about one finding; null: there is none. What came to nothing is passed over. */
export function newestAct(environment: number, about?: number): Act | null {
  return actsOf(environment).findLast((act) => (act.kind === "began" ? about === undefined : act.done !== null && (about === undefined || act.deed.items.some(({ number }) => number === about)))) ?? null;
}

/** The act that did this, where it is kept. */
export function actDone(environment: number, actionId: string): Decided | null {
  return actsOf(environment).filter((act) => act.kind === "decided").find(({ done }) => done === actionId) ?? null;
}

/** Takes that act out of what is kept. */
export function takeAct(environment: number, about?: number): Act | null {
  const act = newestAct(environment, about);
  return act && forgetAct(environment, (each) => each === act);
}
