import { z } from "zod";
import { findingsByNumber, queuePage } from "@/lib/db/sql/queue-page";
import { ok, type Result } from "@/lib/domain/refusal";
import type { FoundFinding } from "@/lib/domain/views/search";
import { wholeTab } from "@/lib/domain/views/queue-address";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { rowView } from "@/lib/queries/finding-row";
import { askingOf } from "@/lib/queries/queue";

const MOST = 8;

const input = z.object({ environment: z.number().int().positive(), text: z.string().trim().min(1).max(200) });

/** The few findings that a number ("F-42", "42") or a text means best, the number first: `{environment, text}`. */
export function searchFindings(actor: Actor, raw: unknown): Promise<Result<FoundFinding[]>> {
  return read(actor, {
    act: "finding.read",
    input,
    load: async (db, { environment, text }, { now }) => {
      const [, digits] = /^(?:f-?)?(\d{1,9})$/i.exec(text) ?? [];
      const numbered = digits === undefined ? [] : await findingsByNumber(db, environment, [Number(digits)]);
      const page = text.length < 2 ? null : await queuePage(db, { ...wholeTab("all"), q: text }, await askingOf(db, actor, environment, now), { limit: MOST, cursor: null });
      if (page && !page.ok) return page;
      const rows = [...numbered, ...(page?.value.rows ?? []).filter(({ number }) => number !== numbered[0]?.number)];
      return ok(rows.slice(0, MOST).map((row) => rowView(row, now)).map(({ number, title, asset, severity, response }) => ({ number, title, asset, severity: severity.calibrated, response })));
    },
  }, raw);
}
