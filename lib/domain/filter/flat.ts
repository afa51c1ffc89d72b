import { GOVERNANCE_STATUSES, RESPONSES, SCANNER_STATUSES, SEVERITIES, TABS, type Tab } from "@/lib/domain/finding/words";
import { IS_FLAGS, SCAN_CHANGES, SORTS, type QueueFilter, type Sort } from "@/lib/domain/views/alerts";
import { isTerm, type Expression, type Term } from "./expression";
import type { FieldName } from "./fields";
import { textOf, wordsOf } from "./search-text";

const LISTS = [
  ...(["severity", "technical", "effective", "scanner", "governance", "response", "detector", "asset", "rule", "category"] as const),
  ...(["cwe", "cve", "port", "assignee", "tag", "is"] as const),
] as const;
const SPANS = ["added", "seen", "due", "decided"] as const;

/** Closed is read by newest decision, every other tab by what is worst. */
export function defaultSort(tab: Tab): Sort {
  return tab === "closed" ? "-decided" : "severity";
}

/** Expressions that add up, from which a filter's own fields take what they can say. What is left is its `rest`. */
class Taken {
  constructor(private left: readonly Expression[]) {}

  rest(): readonly Expression[] {
    return this.left;
  }

  known<T extends string>(field: FieldName, values: readonly T[]): T[] {
    const given = this.first(field, () => true);
    return values.filter((value) => given.includes(value));
  }

  words(field: FieldName): string[] {
    return [...this.first(field, () => true)];
  }

  numbers(field: FieldName): number[] {
    return this.first(field, ({ values }) => values.every((value) => /^\d+$/.test(value))).map(Number);
  }

  one(field: FieldName): string | null {
    return this.first(field, ({ values }) => values.length === 1)[0] ?? null;
  }

  /** Of every term of a field whose values add up anyway. */
  all(field: FieldName, may: (term: Term) => boolean): string[] {
    const taken = this.left.filter((each): each is Term => isTerm(each) && each.field === field && may(each));
    this.left = this.left.filter((each) => !taken.some((term) => term === each));
    return taken.flatMap(({ values }) => values);
  }

  private first(field: FieldName, may: (term: Term) => boolean): readonly string[] {
    const term = this.left.find((each): each is Term => isTerm(each) && each.field === field);
    if (!term || !may(term)) return [];
    this.left = this.left.filter((each) => each !== term);
    return term.values;
  }
}

/** Scan and what it did stand in one term ("12/new") or in two. */
function scanOf(taken: Taken): Pick<QueueFilter, "scan" | "change"> {
  const [number, kind] = taken.one("scan")?.split("/") ?? [];
  const beside = taken.one("change");
  return { scan: number === undefined ? null : Number(number), change: SCAN_CHANGES.find((change) => change === (kind ?? beside)) ?? null };
}

/** The filter that expressions make which add up: its own fields say what they can, `rest` says the others. */
export function filterOf(items: readonly Expression[], otherwise: Tab): QueueFilter {
  const taken = new Taken(items);
  const tab = taken.known("tab", TABS)[0] ?? otherwise;
  const sort = taken.known("sort", SORTS)[0] ?? defaultSort(tab);
  const flags = taken.all("is", () => true);
  const words = taken.all("text", ({ values }) => values.length === 1);
  const scan = scanOf(taken);
  const own = {
    severity: taken.known("severity", SEVERITIES), technical: taken.known("technical", SEVERITIES), effective: taken.known("effective", SEVERITIES),
    scanner: taken.known("scanner", SCANNER_STATUSES), governance: taken.known("governance", GOVERNANCE_STATUSES), response: taken.known("response", RESPONSES),
    detector: taken.words("detector"), asset: taken.words("asset"), rule: taken.words("rule"), category: taken.words("category"),
    cwe: taken.numbers("cwe"), cve: taken.words("cve"), port: taken.numbers("port"), assignee: taken.words("assignee"), tag: taken.words("tag"),
    added: taken.one("added"), seen: taken.one("seen"), due: taken.one("due"), decided: taken.one("decided"),
  };
  return { tab, ...own, is: IS_FLAGS.filter((flag) => flags.includes(flag)), q: textOf(words), sort, ...scan, rest: taken.rest() };
}

/** A filter's own fields as terms, in the order in which they are written; without tab, sort and free text. */
export function termsOf(filter: QueueFilter): Term[] {
  const lists = LISTS.flatMap((field): Term[] => (filter[field].length > 0 ? [{ field, values: filter[field].map(String) }] : []));
  const spans = SPANS.flatMap((field): Term[] => (filter[field] === null ? [] : [{ field, values: [filter[field]] }]));
  const scan: Term[] = filter.scan === null ? [] : [{ field: "scan", values: [String(filter.scan)] }];
  const change: Term[] = filter.change === null ? [] : [{ field: "change", values: [filter.change] }];
  return [...lists, ...spans, ...scan, ...change];
}

/** The free text of a filter as terms, word by word as they were typed. */
export function wordTerms(filter: QueueFilter): Term[] {
  return wordsOf(filter.q).map((word) => ({ field: "text", values: [word] }));
}

/** Everything that a filter asks, one printable expression for each thing that a person would take away. */
export function itemsOf(filter: QueueFilter): readonly Expression[] {
  return [...termsOf(filter), ...filter.rest, ...wordTerms(filter)];
}
