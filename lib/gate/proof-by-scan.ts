import type { Tx } from "@/lib/db/client";
import type { PolicyInForce } from "@/lib/db/policy";
import { findingStates } from "@/lib/db/sql/finding-lock";
import { writeMoves } from "@/lib/db/sql/finding-write";
import { awaitedProofs, changedNear, lockFixes, reportOf, settleRetests, turnsOfProofs, whoResolved, type Awaited, type Fix, type ReportOfScan, type Signer } from "@/lib/db/sql/scan-proof";
import { grouped } from "@/lib/domain/grouped";
import { isClaimed } from "@/lib/domain/finding/is-claimed";
import type { DecisionContext } from "@/lib/domain/finding/decide";
import { entriesOf, type Known, type Move, type Proof } from "@/lib/domain/finding/move";
import { asOne, failed, proved } from "@/lib/domain/remediation/proof";
import type { TrailEntry } from "@/lib/gate/commit";
import { AS_SYSTEM, moveFixes, together, type Following } from "@/lib/gate/remediation";

/** Everything that waited for this scan at one finding. */
type Waiting = {
  id: number; number: number; seen: boolean; tickets: readonly number[]; retests: readonly number[];
  /** A claim, or a proof that nobody recorded yet, waited for it at the finding itself. */
  isDue: boolean;
};

export type ByScan = { environment: number; scan: number; now: Date; policy: PolicyInForce };

/**
 * The next covering scan decides: what waited for a proof and is no longer seen has one, which names the report and who sent it; what is still seen
 * has failed it. Called once, when the scan's own writes are done; with nothing that waits it is one small question. A thousand at a time, each
 * lot written before the next is looked at: however many wait, memory and statements stay as they are.
 */
export async function* provedByScan(tx: Tx, by: ByScan): AsyncGenerator<Following> {
  const turns = await turnsOfProofs(tx);
  if (turns === 0) return;
  const report = await reportOf(tx, by.scan);
  for (let turn = 0; turn < turns; turn++) {
    const awaited = await awaitedProofs(tx, turn);
    if (awaited.length > 0) yield await decided(tx, by, awaited, report); // a ticket with many findings has several turns for itself
  }
}

async function decided(tx: Tx, by: ByScan, awaited: readonly Awaited[], report: ReportOfScan): Promise<Following> {
  const waiting = [...grouped(awaited, ({ id }) => id)].map(([id, all]) => waitingOf(id, all));
  const known = new Map((await findingStates(tx, by.environment, waiting.map(({ id }) => id))).map((one) => [one.id, one]));
  const fixes = await lockFixes(tx, by.environment, { findings: waiting.map(({ id }) => id) });
  const near = await changedNear(tx, waiting.map(({ id }) => id));
  const beside = { known, fixes, report, changing: new Set(near.map(({ id }) => id)), elsewhere: new Set(near.flatMap(({ id, elsewhere }) => (elsewhere ? [id] : []))) };
  const gone = waiting.filter(({ seen }) => !seen);
  const proves = by.policy.decisions.acceptedEvidence.includes("scan");
  const others = proves ? await otherEyes(tx, by, gone, fixes, report) : [];
  return together(await goneFrom(tx, by, others, beside), await stillSeen(tx, by, waiting.filter(({ seen }) => seen), beside));
}

function waitingOf(id: number, all: readonly Awaited[]): Waiting {
  const [first] = all;
  return {
    id, number: first?.number ?? 0, seen: first?.seen ?? false, tickets: all.flatMap(({ ticket }) => ticket ?? []), retests: all.flatMap(({ retest }) => retest ?? []),
    isDue: all.some(({ ticket, retest }) => ticket === null && retest === null),
  };
}

type Beside = {
  known: ReadonlyMap<number, Known>; fixes: readonly Fix[]; report: ReportOfScan;
  /** Findings that this scan itself changes, in whichever turn; and of those the ones whose decision it changes: theirs is not touched twice, only the work in their tickets. */
  changing: ReadonlySet<number>;
  elsewhere: ReadonlySet<number>;
};

/** Where policy asks for four eyes, the scan of whoever resolved it proves nothing: those wait for somebody else's. */
async function otherEyes(tx: Tx, { environment, policy }: ByScan, waiting: readonly Waiting[], fixes: readonly Fix[], report: ReportOfScan): Promise<Waiting[]> {
  if (!policy.tickets.fourEyes) return [...waiting];
  const tickets = concerned(fixes, waiting);
  const own = ({ type, actor, person }: Signer) => (type === report.type && actor === report.actor) || (person !== null && person === report.person);
  const byTicket = new Set((await whoResolved(tx, environment, "ticket", tickets.map(({ ticket }) => ticket))).filter(own).map(({ number }) => number));
  const byFinding = new Set((await whoResolved(tx, environment, "finding", waiting.map(({ number }) => number))).filter(own).map(({ number }) => number));
  const barred = new Set(tickets.filter(({ ticket }) => byTicket.has(ticket)).map(({ findingId }) => findingId));
  return waiting.filter(({ id, number }) => !barred.has(id) && !byFinding.has(number));
}

async function goneFrom(tx: Tx, by: ByScan, waiting: readonly Waiting[], { known, fixes, report, elsewhere }: Beside): Promise<Following> {
  const { environment, scan, now, policy } = by;
  const proof: Proof = { kind: "scan", reference: report.sha256, note: `Scan ${scan}, sent by ${report.by}, covers it and no longer sees it.`, approverId: null, approver: null, scanId: scan };
  const mine = waiting.filter(({ id }) => !elsewhere.has(id));
  const moves = movesOf(by, mine, known, (finding) => proved(finding, proof, contextOf(by), policy.tickets.recordVerified));
  const fixed = await moveFixes(tx, environment, concerned(fixes, mine), { to: "verified", cause: "proof", by: "system", now, policy: policy.tickets, reason: proof.note, scan });
  return together(moves, retested(by, mine, true, proof.note), fixed);
}

async function stillSeen(tx: Tx, by: ByScan, waiting: readonly Waiting[], { known, fixes, report, changing, elsewhere }: Beside): Promise<Following> {
  const { environment, scan, now, policy } = by;
  const why = `Scan ${scan}, sent by ${report.by}, still sees it.`;
  const mine = waiting.filter(({ id }) => !elsewhere.has(id));
  const moves = movesOf(by, mine, known, (finding, { retests }) => failed(finding, why, contextOf(by), retests.length > 0));
  const broken = await moveFixes(tx, environment, newestOf(concerned(fixes, waiting)), {
    to: "reopened", cause: "failure", by: "system", now, policy: policy.tickets, reason: why, scan, changing });
  return together(moves, retested(by, waiting, false, why), broken);
}

/** The fixes that waited for this scan; a retest speaks for all fixes of its finding. */
function concerned(fixes: readonly Fix[], waiting: readonly Waiting[]): Fix[] {
  const by = new Map(waiting.map((one) => [one.id, one]));
  return fixes.filter(({ findingId, ticketId }) => {
    const one = by.get(findingId);
    return one !== undefined && (one.retests.length > 0 || one.tickets.includes(ticketId));
  });
}

/** A failure reopens the ticket that carries the work: the open one, else the newest. Older tickets of the finding stay closed. */
export function newestOf(fixes: readonly Fix[]): Fix[] {
  return [...grouped(fixes, ({ findingId }) => findingId).values()].map((all) => {
    const open = all.filter(({ isOpen }) => isOpen);
    return (open.length > 0 ? open : all).reduce((one, other) => (other.ticketId > one.ticketId ? other : one));
  });
}

function contextOf({ now, policy }: ByScan): DecisionContext {
  return { now, by: "system", policy: policy.decisions, sla: policy.sla };
}

type Settle = (finding: Known, waiting: Waiting) => ReturnType<typeof proved>;

/** What is settled at the findings themselves, signed by the system. A claim is settled only by a scan that was taken after it. */
function movesOf({ environment, scan }: ByScan, waiting: readonly Waiting[], known: ReadonlyMap<number, Known>, settle: Settle): Following {
  const moves = waiting.flatMap((one): Move[] => {
    const finding = known.get(one.id);
    if (!finding || (isClaimed(finding.state) && !one.isDue)) return [];
    const move = asOne(settle(finding, one));
    return move ? [move] : [];
  });
  return {
    trail: moves.flatMap((move) => entriesOf(move, { bySystem: true }).map((entry) => ({ ...entry, scan }))), jobs: [],
    write: (tx) => writeMoves(tx, environment, moves, AS_SYSTEM),
  };
}

function retested({ scan, now }: ByScan, waiting: readonly Waiting[], passed: boolean, reason: string | null): Following {
  const trail = waiting.flatMap(({ id, number, retests }) => retests.map((retest): TrailEntry => ({
    action: passed ? "retest.passed" : "retest.failed", record: { type: "finding", number }, finding: { id, version: null, fields: [] }, after: { retest, scan }, reason, scan, bySystem: true,
  })));
  return { trail, jobs: [], write: (tx) => settleRetests(tx, waiting.flatMap(({ retests }) => retests), { passed, by: `Scan ${scan}`, scan, note: reason, now }) };
}
