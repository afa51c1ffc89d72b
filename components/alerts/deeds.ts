import { CLOSE_REASON_RULES } from "@/lib/domain/finding/close-reason";
import type { Response, Route } from "@/lib/domain/finding/words";
import { stateNamed, type ModuleState } from "@/lib/domain/module/table";
import type { AmendInput, DecideInput, FindingActions, Seen } from "@/lib/domain/views/actions";
import type { FindingRow } from "@/lib/domain/views/alerts";
import type { PersonView } from "@/lib/domain/views/shell";
import type { Guess } from "./queue-state";
import type { Deed } from "./use-queue";

export type Door = { environment: number; actions: FindingActions };
export type Terms = Omit<DecideInput, "environment" | "items" | "key">;
export type AmendTerms = Omit<AmendInput, "environment" | "items" | "key">;

const GUESSES = {
  needs_review: { response: "needs_review", governance: "open", closeReason: null, acceptedUntil: null, reReview: null },
  investigating: { response: "investigating", governance: "in_progress", closeReason: null, acceptedUntil: null, reReview: null },
  accepted_risk: { response: "accepted_risk", governance: "accepted_risk", reReview: null },
  closed: { response: "closed", governance: "resolved", acceptedUntil: null, reReview: null },
} as const satisfies Record<Response, Guess>;

export function seen(rows: readonly FindingRow[]): Seen[] {
  return rows.map(({ number, version }) => ({ number, version }));
}

function guessOf(terms: Terms): Guess {
  if (!terms.response) return {};
  if (terms.claim) return { response: "investigating", governance: "in_progress", closeReason: terms.reason ?? null, acceptedUntil: null, verification: "pending" };
  const guess: Guess = GUESSES[terms.response];
  return terms.reason ? { ...guess, governance: CLOSE_REASON_RULES[terms.reason].governance, closeReason: terms.reason, followUpOn: terms.followUpOn ?? null } : guess;
}

/** A decision on one finding or many, as the queue carries it out. */
export function decide(door: Door, rows: readonly FindingRow[], terms: Terms, did: string): Deed {
  return {
    items: seen(rows), did, isDecision: true,
    guess: () => guessOf(terms),
    call: (sent) => door.actions.decideFindings({ environment: door.environment, ...terms, ...sent }),
    again: (others) => decide(door, others, terms, did),
  };
}

/** Looked at again: the decision stands, and the flag goes. */
export function keep(door: Door, rows: readonly FindingRow[], note: string): Deed {
  return {
    items: seen(rows), did: "Decision kept", isDecision: true,
    guess: () => ({ reReview: null }),
    call: (sent) => door.actions.keepDecisions({ environment: door.environment, note, ...sent }),
    again: (others) => keep(door, others, note),
  };
}

/** Puts standing decisions right: the status stays, and what is not said too. */
export function amend(door: Door, rows: readonly FindingRow[], terms: AmendTerms): Deed {
  return {
    items: seen(rows), did: "Decision amended", isDecision: true,
    guess: () => ({ reReview: null, ...(terms.reason ? { closeReason: terms.reason } : {}), ...(terms.followUpOn === undefined ? {} : { followUpOn: terms.followUpOn }) }),
    call: (sent) => door.actions.amendDecisions({ environment: door.environment, ...terms, ...sent }),
    again: (others) => amend(door, others, terms),
  };
}

/** The same where policy asks for approval: the findings stay as they are, with a request on them. */
export function request(door: Door, rows: readonly FindingRow[], terms: Terms, me: PersonView): Deed {
  return {
    ...decide(door, rows, terms, "Approval asked for"),
    guess: () => ({ requested: { until: terms.expiresAt ?? "", by: me.name, byId: me.email } }),
    again: (others) => request(door, others, terms, me),
  };
}

/** Answers the acceptances that somebody else asked for: approved without a note, refused with one. */
export function answer(door: Door, rows: readonly FindingRow[], refusal: string | null): Deed {
  const { environment, actions } = door;
  const approved: Guess = { response: "accepted_risk", governance: "accepted_risk", closeReason: "risk_accepted", requested: null };
  return {
    items: seen(rows), did: refusal === null ? "Acceptance approved" : "Acceptance refused", isDecision: true,
    guess: (row) => (refusal === null ? { ...approved, acceptedUntil: row.requested?.until ?? null } : { requested: null }),
    call: (sent) => (refusal === null ? actions.approveAcceptances({ environment, ...sent }) : actions.refuseAcceptances({ environment, note: refusal, ...sent })),
    again: (others) => answer(door, others, refusal),
  };
}

export function assign(door: Door, rows: readonly FindingRow[], person: PersonView | null): Deed {
  return {
    items: seen(rows),
    did: person ? `Assigned to ${person.name}` : "Assignment taken away",
    guess: () => ({ assignee: person }),
    call: (sent) => door.actions.assignFindings({ environment: door.environment, assignee: person?.id ?? null, ...sent }),
    again: (others) => assign(door, others, person),
  };
}

export function tag(door: Door, rows: readonly FindingRow[], add: readonly string[], remove: readonly string[]): Deed {
  return {
    items: seen(rows),
    did: "Tags changed",
    guess: (row) => ({ tags: [...new Set([...row.tags.filter((each) => !remove.includes(each)), ...add])] }),
    call: (sent) => door.actions.tagFindings({ environment: door.environment, add, remove, ...sent }),
    again: (others) => tag(door, others, add, remove),
  };
}

/** How findings stand in their module, beside their response. */
export function sayState(door: Door, rows: readonly FindingRow[], state: ModuleState | null): Deed {
  return {
    items: seen(rows),
    did: state === null ? "State taken back" : (stateNamed(state)?.state.label ?? "State said"),
    guess: () => ({ moduleState: state }),
    call: (sent) => door.actions.setFindingState({ environment: door.environment, state, ...sent }),
    again: (others) => sayState(door, others, state),
  };
}

/** How the work on findings is handed over, and why. */
export function route(door: Door, rows: readonly FindingRow[], decision: Route, reason: string): Deed {
  return {
    items: seen(rows),
    did: ROUTED[decision],
    guess: () => ({ route: decision }),
    call: (sent) => door.actions.routeFindings({ environment: door.environment, decision, reason, ...sent }),
    again: (others) => route(door, others, decision, reason),
  };
}

const ROUTED = {
  ticket: "Routed to a ticket", sprint_batch: "Routed to the next sprint", quarterly_batch: "Routed to the quarterly cycle", record_only: "Kept on record", paused: "Routing paused",
} as const satisfies Record<Route, string>;
