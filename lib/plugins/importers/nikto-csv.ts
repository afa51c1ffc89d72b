import { ReportFault, type Importer, type Observed, type Recognition, type Source, type Yield } from "./contract";
import type { Limits } from "./limits";
import { siteAt, stableMessage } from "./nikto";
import { addressesIn } from "./reading/html-text";
import { observed } from "./reading/observed";
import { Tally } from "./reading/tally";
import { readLines } from "./reading/text-lines";
import { stablePath } from "./reading/web-place";

/** `"Nikto - v2.1.6/2.1.5"`, which every run puts before its hosts. */
const BANNER = /^\ufeff?"Nikto - v\d[^"]{0,60}"\s*$/;
/** A host as it stands before its items: name, address, port, three cells of nothing, banner. */
const HOST = /^\ufeff?"[^"]{0,300}","[\da-fA-F.:]{2,60}","\d{1,5}","","","","/;
const CELLS = 7;

function recognises(head: string): Recognition {
  const [first = ""] = head.trimStart().split(/\r?\n/, 1);
  if (BANNER.test(first)) return { verdict: "yes", why: "the banner of Nikto's CSV" };
  return HOST.test(first) ? { verdict: "yes", why: "a host as Nikto's CSV begins one" } : { verdict: "no", why: "neither Nikto's banner nor a host of its CSV" };
}

/** Null where they are not seven. Cells are always quoted, and quotes in them written `\\"` or `""`; what follows the seventh begin is the message whatever stands in it. */
function cellsOf(line: string): string[] | null {
  const bare = line.trim();
  if (bare.length < 2 || !bare.startsWith('"') || !bare.endsWith('"')) return null;
  const cells = bare.slice(1, -1).split('","');
  if (cells.length < CELLS) return null;
  return [...cells.slice(0, CELLS - 1), cells.slice(CELLS - 1).join('","')].map((cell) => cell.replaceAll('\\"', '"').replaceAll('""', '"').trim());
}

/**
 * Nikto's CSV, which has no row of columns: host, address, port, reference, method, path, message. Several runs may stand one after the
 * other. It names no checks, so that an item is known by its message, not by the number that XML and JSON give: neither form finds what the
 * other found, and so it is a detector of its own, which closes and proves nothing of theirs.
 */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const tally = new Tally(limits);
  let isNikto = false;
  for await (const batch of readLines(source, limits)) {
    for (const { text, line, ended } of batch) {
      if (BANNER.test(text)) continue;
      const cells = cellsOf(text);
      if (!ended && (cells === null || text.trimEnd().endsWith('\\"'))) throw new ReportFault("The report is cut short: its last line does not end", { line });
      const [host = "", address = "", digits = "", reference = "", method = "", path = "", message = ""] = cells ?? [];
      const { site, port, why } = siteAt(host || address || null, digits);
      if (cells !== null && `${reference}${method}${path}` === "") {
        tally.looked(site, "application", [address]);
        isNikto = true;
      } else if (isNikto) yield* tally.made(cells === null ? `it has not ${String(CELLS)} quoted cells` : (why ?? readItem({ site, port, reference, method, path, message }, limits)), `line ${String(line)}`);
      else throw new ReportFault("This is no CSV of Nikto: no host stands before its items", { line });
    }
  }
  yield tally.part("nikto-csv");
}

type Item = { site: string | null; port: number | null; reference: string; method: string; path: string; message: string };

/** Nikto gives no severity: what it finds is a hint, low until somebody says otherwise. */
function readItem({ site, port, reference, method, path, message }: Item, limits: Limits): Observed | string {
  if (site === null || message === "") return "an item needs a host and a message";
  const check = stableMessage(message);
  return observed({
    asset: site, assetKind: "application", rule: { key: check, name: check, tags: [/^OSVDB-[1-9]\d*$/.test(reference) ? reference : null] }, title: message, location: `${method} ${path}`,
    identity: ["nikto line", method, stablePath(path), check], severity: "low", names: [message, reference], cwe: [message, reference], observation: message,
    references: [...addressesIn(reference), ...addressesIn(message)], port,
  }, limits);
}

export const niktoCsv: Importer = { format: "nikto-csv", label: "Nikto CSV (apart from XML, JSON)", media: ["csv"], about: "application", passes: 1, provesItsEnd: false, recognises, parse };
