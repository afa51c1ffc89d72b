import { FeedFault, type Catalogue, type EpssEntry } from "./words";

const MOST = 2_000_000;
const ROW = /^(CVE-\d{4}-\d{4,12}),([01](?:\.\d{1,12})?|\d(?:\.\d{1,12})?e-\d{1,2}),([01](?:\.\d{1,12})?|\d(?:\.\d{1,12})?e-\d{1,2})$/i;

/**
 * Reads FIRST's exploit prediction scores: a comment with the date, the header `cve,epss,percentile`, a row for each CVE.
 * Scores are kept to three decimals: what moves less than that moves no decision, and would rewrite every finding every day.
 * @throws FeedFault with the line when it is another file or a row is not as it should be
 */
export function readEpss(text: string): Catalogue<EpssEntry> {
  const lines = text.split(/\r?\n/);
  const date = /score_date:([0-9T:+.-]{10,40})/.exec(lines[0] ?? "")?.[1];
  const releasedAt = new Date((date ?? "").replace(/\+0000$/, "Z"));
  if (Number.isNaN(releasedAt.getTime())) throw new FeedFault("This is no EPSS file: its first line must say `#model_version:…,score_date:…`.");
  if (lines[1] !== "cve,epss,percentile") throw new FeedFault("This is no EPSS file: its second line must be `cve,epss,percentile`.");
  const entries = new Map<string, EpssEntry>();
  for (const [at, line] of lines.entries()) {
    if (at < 2 || line === "") continue;
    const row = ROW.exec(line);
    if (!row || Number(row[2]) > 1 || Number(row[3]) > 1) throw new FeedFault(`Line ${at + 1} of the EPSS file is no score: ${line.slice(0, 80)}`);
    const [, cve = "", score, percentile] = row;
    entries.set(cve.toUpperCase(), { cve: cve.toUpperCase(), score: rounded(score), percentile: rounded(percentile) });
    if (entries.size > MOST) throw new FeedFault(`The EPSS file holds more than ${MOST} scores.`);
  }
  if (entries.size === 0) throw new FeedFault("The EPSS file holds no score.");
  return { releasedAt, entries: [...entries.values()] };
}

const rounded = (digits: string | undefined): number => Math.round(Number(digits) * 1_000) / 1_000;
