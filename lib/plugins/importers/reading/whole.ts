import { type Importer, ReportFault, type Source, type Yield } from "../contract";
import type { Limits } from "../limits";

type Rejected = Extract<Yield, { kind: "rejected" }>;

/**
 * What an importer gives, made sure of in one place for every format: results that cannot be read must never look like results that are gone.
 * A tool that renames a field gives a report of which every row is rejected: it is refused, with the first of them and what to do.
 * A part of which every row is rejected, beside others that were read, counts as a run that did not complete and covers nothing.
 * @throws ReportFault when nothing of the report could be used
 */
export async function* readWhole(importer: Importer, source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  let first: Rejected | null = null;
  let [used, rejected, usedHere, rejectedHere] = [0, 0, 0, 0];
  for await (const one of importer.parse(source, limits)) {
    if (one.kind === "part") {
      yield rejectedHere > 0 && usedHere === 0 ? { ...one, part: { ...one.part, failed: true } } : one;
      [usedHere, rejectedHere] = [0, 0];
      continue;
    }
    if (one.kind === "rejected") {
      first ??= one;
      rejected++;
      rejectedHere++;
    } else {
      used++;
      usedHere++;
    }
    yield one;
  }
  if (first !== null && used === 0) throw unreadable(importer, first, rejected);
}

function unreadable({ label }: Importer, { where, why }: Rejected, rejected: number): ReportFault {
  const none = rejected === 1 ? `Its one entry cannot be read as ${label}` : `None of its ${rejected.toLocaleString("en")} entries can be read as ${label}, the first one`;
  return new ReportFault(`${none} because ${why}; choose another format or mapping, or export the report as an earlier version of the tool wrote it`, { path: where });
}
