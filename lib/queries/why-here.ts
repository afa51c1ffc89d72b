import { z } from "zod";
import { goneOf } from "@/lib/db/sql/finding-gone";
import { tellFinding, type ToldFinding } from "@/lib/db/sql/finding-why";
import { AUDIT_ACTIONS, isAuditAction } from "@/lib/domain/audit/actions";
import { isDetected, tabOf } from "@/lib/domain/finding/governance";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { WhyView } from "@/lib/domain/views/finding";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { whyOf } from "@/lib/queries/finding-why";

const input = z.object({ environment: z.number().int().positive(), number: z.number().int().positive().max(2_147_483_647) });

/** "Why is this here?" of one row: `{environment, number}`. One statement; a second one only for what its scanner no longer sees. */
export function loadWhy(actor: Actor, raw: unknown): Promise<Result<WhyView>> {
  return read(actor, {
    act: "finding.read",
    input,
    load: async (db, { environment, number }) => {
      const found = await tellFinding(db, environment, number);
      if (!found) return refuse("missing", `There is no finding F-${number} here.`);
      const gone = isDetected(found.scanner_status) ? null : await goneOf(db, environment, found.id);
      const { title, scanner_status: scanner, governance_status: governance } = found;
      return ok({ number, title, tab: tabOf(scanner, governance), lines: whyOf({ finding: found, move: moveOf(found), looks: looksOf(found), gone }), last: lastOf(found) });
    },
  }, raw);
}

function moveOf({ moved_by: by, moved_at: at, moved_from: from, moved_to: to, moved_reason: reason }: ToldFinding) {
  return by && at && from && to ? { by, at, from, to, reason } : null;
}

function looksOf({ first_scan: scan, first_at: at, last_scan, last_kind, last_at }: ToldFinding) {
  return {
    first: scan !== null && at ? { scan, kind: "new", at } as const : null,
    last: last_scan !== null && last_kind && last_at ? { scan: last_scan, kind: last_kind, at: last_at } : null,
  };
}

/** Who or what touched it last, in the words of the log; null where nobody did. */
function lastOf({ touched_by: by, touched_at: at, touched_action: action, touched_id: entry }: ToldFinding): WhyView["last"] {
  if (!by || !at || !action || !entry) return null;
  return { by, at: at.toISOString(), what: isAuditAction(action) ? AUDIT_ACTIONS[action].label : action, entry };
}
