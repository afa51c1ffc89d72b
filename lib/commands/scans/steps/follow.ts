import type { Tx } from "@/lib/db/client";
import { markKev } from "@/lib/db/sql/feeds";
import { contradictedFrom, duplicatesFrom, gatherDuplicates, gatherLegacy, gatherSighted, legacyFrom, noteVerdicts, settleVerdicts, sightedFrom, type Contradictions } from "@/lib/db/sql/scan-consequences";
import { foldLegacy, writeConsequences } from "@/lib/db/sql/scan-decisions";
import { kevOfTurn } from "@/lib/db/sql/scan-kev";
import { movedAfter } from "@/lib/db/sql/scan-moved";
import { holdTickets } from "@/lib/db/sql/scan-proof";
import { gatherRated } from "@/lib/db/sql/scan-rated";
import type { ScanOptions } from "@/lib/db/sql/scan-scopes";
import type { PolicyInForce } from "@/lib/db/policy";
import { crossingEntry, type Crossing } from "@/lib/domain/feeds/crossing";
import { AT_A_TIME, contradictedBy, contradictions, folded, foldsOf, movesOf, originalReopened, type Duplicate } from "@/lib/domain/scan/consequences";
import { provedByScan } from "@/lib/gate/proof-by-scan";
import { occasionsOfKev, proposeReopening } from "@/lib/gate/proposals";
import type { Following } from "@/lib/gate/remediation";
import { severitiesOfScan } from "@/lib/gate/severity-told";

/** Which resolutions a scan contradicts, by the policy: noted beside the delta, and counted. */
export async function contradictedHere(tx: Tx, { decisions }: PolicyInForce): Promise<Contradictions> {
  const sighted = await gatherSighted(tx);
  if (sighted === 0) return { regressed: 0, reopened: 0 };
  for (let from = 1; from <= sighted; from += AT_A_TIME) await noteVerdicts(tx, contradictedBy(await sightedFrom(tx, from), decisions));
  return settleVerdicts(tx);
}

/** What a scan has done, as far as decisions and tickets follow from it. */
export type Done = { scan: ScanOptions; now: Date; policy: PolicyInForce; contradicted: Contradictions; /** In how many turns the catalogue of what is exploited is told. */ kevTurns: number };

/**
 * All that follows from a scan that has been written, in the order of its entries: moves, the catalogue of what is exploited, decisions that fall or
 * are flagged, their duplicates, old status codes, tickets to look at again, proofs, tickets that say another severity. A piece is about a thousand findings; it is told before the next is looked at, and what
 * people own changes once all of it has been told. Holds what it will need, in the one order, before it gives the first.
 */
export async function whatFollows(tx: Tx, done: Done): Promise<AsyncIterable<Following>> {
  const { scan, contradicted, kevTurns } = done;
  const duplicates = await gatherDuplicates(tx, scan, contradicted);
  const isCoded = await gatherLegacy(tx, scan);
  const rated = await gatherRated(tx, scan);
  if (kevTurns > 0 || rated > 0) await holdTickets(tx, rated > 0);
  return pieces(tx, done, { duplicates, isCoded, rated });
}

type Gathered = { duplicates: number; isCoded: boolean; rated: number };

async function* pieces(tx: Tx, done: Done, { duplicates, isCoded, rated }: Gathered): AsyncGenerator<Following> {
  const { scan, now, policy, contradicted, kevTurns } = done;
  yield* moves(tx, scan.scan);
  for (let turn = 0; turn < kevTurns; turn++) yield crossed(await kevOfTurn(tx, turn), scan.scan);
  const { regressed } = contradicted;
  for (let from = 1; from <= regressed; from += AT_A_TIME) yield told(contradictions(await contradictedFrom(tx, from), scan.scan));
  for (let from = regressed + 1; from <= regressed + duplicates; from += AT_A_TIME) yield told((await duplicatesFrom(tx, from)).map((one: Duplicate) => originalReopened(one, scan.scan)));
  if (isCoded) yield* folds(tx, done);
  for (let turn = 0; turn < kevTurns; turn++) yield await proposeReopening(tx, scan.environment, occasionsOfKev(await kevOfTurn(tx, turn)), now);
  yield { ...told([]), write: (writing) => writeConsequences(writing, regressed + duplicates, now) };
  yield* provedByScan(tx, { environment: scan.environment, scan: scan.scan, now, policy });
  yield* severitiesOfScan(tx, scan.environment, rated);
}

const crossed = (crossings: readonly Crossing[], scan: number): Following => ({ ...told(crossings.map((one) => ({ ...crossingEntry(one, "report"), scan }))), write: (writing) => markKev(writing, crossings) });

const told = (trail: Following["trail"]): Following => ({ trail, jobs: [], write: async () => {} });

async function* moves(tx: Tx, scan: number): AsyncGenerator<Following> {
  for (let after = 0; ;) {
    const moved = await movedAfter(tx, after);
    if (moved.length > 0) yield told(movesOf(moved, scan));
    if (moved.length < AT_A_TIME) return;
    after = moved.at(-1)?.number ?? after;
  }
}

async function* folds(tx: Tx, { scan, now, policy }: Done): AsyncGenerator<Following> {
  for (let from = 1; ; from += AT_A_TIME) {
    const arrived = await legacyFrom(tx, from);
    const all = foldsOf(arrived, now);
    if (all.length > 0) yield { ...told(all.map((one) => folded(one, scan.scan))), write: (writing) => foldLegacy(writing, scan, all, policy.decisions.acceptedBands, now) };
    if (arrived.length < AT_A_TIME) return;
  }
}
