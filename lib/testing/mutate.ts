import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";

/** Numbers from 0 up to 1. */
export type Dice = () => number;

const pick = <T>(dice: Dice, from: readonly T[]): T | undefined => from[Math.floor(dice() * from.length)];
const anywhere = (dice: Dice, length: number): number => Math.floor(dice() * length);

/** Texts that have broken a parser, a database or a screen somewhere. */
const TEXTS = [
  "", " ", "\u0000", "a\u0000b", "\ud800", "x\udc00y", "\u202egpj.exe", "\ufeff", "\r\n\r\n", "=1+1", "__proto__", "constructor", "null", "NaN", "-1", "1e999", "%E0%A4%A", "%", "https://[::1", "http://a:99999999/",
  "//", "pkg:npm/%40a", "pkg:", "CVE-2024-99999999999999", "CWE-99999999999999999999", "9999-99-99T99:99:99Z", "0000-00-00", "-271821-04-20T00:00:00Z", "CVSS:3.1/AV:N", "CVSS:9.9/" + "A:B/".repeat(40), "<script>", "]]>", "&lol;",
  "a".repeat(100_000), "\u{1f600}".repeat(30_000), "\u0000".repeat(10_000), "[a](".repeat(20_000), "/".repeat(50_000), " ".repeat(80_000), "1.".repeat(30_000), "CVE-2024-0001 ".repeat(5_000), "(".repeat(40_000),
];

/** Written as they stand here, since `JSON.stringify` would not. */
const RAW = ["1e999", "-1e999", "1e-999", "-0", "123456789012345678901234567890", "0.1e1", '{"a":1,"a":2}', '{"__proto__":{"x":1}}', "[".repeat(150) + "]".repeat(150), "[".repeat(5_000) + "]".repeat(5_000)];
const RAW_MARK = "\u0001raw:";
const TWICE_MARK = "\u0001twice:";

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const isJson = (value: unknown): value is Json => value === null || typeof value !== "function";

/** A JSON document (or lines of them) with so many changes to its values, names and lists. */
export function mutatedJson(text: string, changes: number, dice: Dice): string {
  const parsed = parsedJson(text);
  if (parsed === undefined) return mutatedLines(text, changes, dice);
  const root: Json[] = [parsed];
  for (let change = 0; change < changes; change++) {
    const places: [Json[] | { [key: string]: Json }, string][] = [];
    gather(root, places);
    const place = pick(dice, places);
    if (place) changeAt(place[0], place[1], dice);
  }
  return JSON.stringify(root[0] ?? null)
    .replaceAll(/"\\u0001raw:(\d+)"/g, (_, at) => RAW[Number(at)] ?? "0")
    .replaceAll("\\u0001twice:", "");
}

function parsedJson(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJson(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function mutatedLines(text: string, changes: number, dice: Dice): string {
  const lines = text.split("\n");
  const at = anywhere(dice, lines.length);
  if (parsedJson(lines[at] ?? "") !== undefined) lines[at] = mutatedJson(lines[at] ?? "", changes, dice);
  if (dice() < 0.3) lines.splice(anywhere(dice, lines.length), 1, pick(dice, ["", "{}", "[]", "null", "1", "{", lines[0] ?? ""]) ?? "");
  return lines.join("\n");
}

function gather(value: Json, places: [Json[] | { [key: string]: Json }, string][]): void {
  if (typeof value !== "object" || value === null || places.length > 20_000) return;
  const holder: { [key: string]: Json } | Json[] = value;
  for (const [key, inner] of Object.entries(holder)) {
    places.push([holder, key]);
    gather(inner, places);
  }
}

function changeAt(holder: Json[] | { [key: string]: Json }, key: string, dice: Dice): void {
  const old = Array.isArray(holder) ? holder[Number(key)] : holder[key];
  if (old === undefined) return;
  const set = (value: Json): void => {
    if (Array.isArray(holder)) holder[Number(key)] = value;
    else Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
  };
  const others: Json[] = [null, true, 0, -1, 1.5, 1e308, 2 ** 53, "text", [], {}, [[]], [null], { "": null }];
  const acts: (() => void)[] = [
    () => set(pick(dice, others) ?? null),
    () => set(pick(dice, TEXTS) ?? ""),
    () => set(pick(dice, TEXTS) ?? ""),
    () => set(`${RAW_MARK}${anywhere(dice, RAW.length)}`),
    () => set([old]),
    () => set({ value: old, [pick(dice, TEXTS.slice(0, 30)) ?? ""]: old }),
    () => set(typeof old === "string" ? old + (pick(dice, TEXTS) ?? "") : [old, old]),
    () => set(Array.isArray(old) ? Object.fromEntries(old.map((one, at) => [String(at), one])) : typeof old === "object" && old !== null ? Object.values(old) : String(old)),
    () => (Array.isArray(holder) ? holder.splice(Number(key), 1) : Reflect.deleteProperty(holder, key)),
    () => (Array.isArray(holder) ? holder.push(...Array.from({ length: 50 }, () => old)) : Object.assign(holder, { [TWICE_MARK + key]: old })),
    () => (Array.isArray(holder) ? holder.reverse() : Object.assign(holder, { [`${key} `]: old, [key.toUpperCase()]: old })),
  ];
  pick(dice, acts)?.();
}

/** An XML document (or HTML) with so many changes to its elements, attributes and texts; most of them leave it well-formed. */
export function mutatedXml(text: string, changes: number, dice: Dice): string {
  let tokens: readonly string[] = text.match(/<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<[^>]*>|[^<]+/g) ?? [];
  for (let change = 0; change < changes; change++) tokens = changedTokens(tokens, dice);
  return tokens.join("");
}

const XML_TEXTS = ["&amp;", "&#0;", "&#xD800;", "&#x1F600;", "&lol;", "<![CDATA[]]>", "<![CDATA[<a>]]>", "<!-- -->", "<?a b?>", "<a>".repeat(150) + "</a>".repeat(150), "<a>".repeat(5_000) + "</a>".repeat(5_000), "<!DOCTYPE a [<!ENTITY b 'c'>]>"];
const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

function changedTokens(tokens: readonly string[], dice: Dice): string[] {
  const at = anywhere(dice, tokens.length);
  const token = tokens[at] ?? "";
  const end = endOf(tokens, at);
  const other = anywhere(dice, tokens.length);
  const put = (from: number, to: number, ...by: string[]): string[] => [...tokens.slice(0, from), ...by, ...tokens.slice(to)];
  const hostile = (): string => (dice() < 0.5 ? escaped(pick(dice, TEXTS) ?? "") : (pick(dice, XML_TEXTS) ?? ""));
  if (!token.startsWith("<")) return put(at, at + 1, pick(dice, [hostile(), token + hostile(), "", String(2 ** 60), "-1"]) ?? "");
  const acts: (() => string[])[] = [
    () => put(at, end),
    () => put(end, end, ...Array.from({ length: 20 }, () => tokens.slice(at, end)).flat().slice(0, 5_000)),
    () => put(at, at + 1, token.replace(/\s[\w:.-]+\s*=\s*("[^"]*"|'[^']*')/, "")),
    () => put(at, at + 1, token.replace(/(\s[\w:.-]+\s*=\s*)("[^"]*"|'[^']*')/, (_, name) => `${String(name)}"${escaped(pick(dice, TEXTS) ?? "")}"`)),
    () => put(at, at + 1, token.replace(/(\s[\w:.-]+\s*=\s*("[^"]*"|'[^']*'))/, "$1$1")),
    () => put(at, at + 1, token.replace(/\s[\w:.-]+(?=\s*=)/, " __proto__")),
    () => put(at, at + 1, token, hostile()),
    () => put(at, at + 1, "<a>", token),
    () => (other >= end ? [...tokens.slice(0, at), ...tokens.slice(other, endOf(tokens, other)), ...tokens.slice(end, other), ...tokens.slice(at, end), ...tokens.slice(endOf(tokens, other))] : put(at, at + 1)),
    () => [...tokens].map((one) => (one.startsWith("<") ? one.replace(token.slice(1, 5), "odd") : one)),
    () => put(at, end, ...tokens.slice(at, at + 1), ...(end > at + 1 ? tokens.slice(end - 1, end) : [])),
  ];
  return pick(dice, acts)?.() ?? [...tokens];
}

/** Behind the element that begins here; behind the token where none does. */
function endOf(tokens: readonly string[], at: number): number {
  let depth = 0;
  for (let end = at; end < tokens.length; end++) {
    const token = tokens[end] ?? "";
    if (/^<\//.test(token)) depth--;
    else if (/^<[a-z]/i.test(token) && !token.endsWith("/>")) depth++;
    if (depth <= 0) return end + 1;
  }
  return at + 1;
}

/** A table with so many changes to its columns, rows and cells. */
export function mutatedCsv(text: string, changes: number, dice: Dice): string {
  const delimiter = pick(dice, [",", ",", ";"]) ?? ",";
  let rows: string[][] = parse(text, { delimiter: text.split("\n", 1)[0]?.includes(";") === true ? ";" : ",", relax_column_count: true, relax_quotes: true, bom: true });
  for (let change = 0; change < changes; change++) rows = changedRows(rows, dice);
  const written = stringify(rows, { delimiter });
  return dice() < 0.2 ? written.replace(pick(dice, [/"/, /\n/, /,/]) ?? /"/, pick(dice, ['"', '""', "\u0000", "\n\n", ";;"]) ?? "") : written;
}

function changedRows(rows: readonly (readonly string[])[], dice: Dice): string[][] {
  const copy = rows.map((row) => [...row]);
  const width = copy[0]?.length ?? 1;
  const column = anywhere(dice, width);
  const row = anywhere(dice, copy.length);
  const order = Array.from({ length: width }, (_, at) => [dice(), at] as const).sort(([a], [b]) => a - b).map(([, at]) => at);
  const cell = pick(dice, TEXTS) ?? "";
  const acts: (() => string[][])[] = [
    () => copy.map((one) => one.toSpliced(column, 1)),
    () => copy.map((one) => order.map((at) => one[at] ?? "")),
    () => copy.map((one, at) => (at === 0 && one.length > 0 ? one.with(Math.min(column, one.length - 1), cell.slice(0, 40)) : one)),
    () => copy.map((one, at) => (at === row && one.length > 0 ? one.with(Math.min(column, one.length - 1), cell) : one)),
    () => copy.map((one, at) => (at > 0 && one.length > column ? one.with(column, cell.slice(0, 5_000)) : one)),
    () => copy.toSpliced(row, 1),
    () => [...copy, ...Array.from({ length: 50 }, () => copy[row] ?? [])],
    () => copy.map((one, at) => (at === row ? one.slice(0, column) : one)),
    () => copy.map((one, at) => (at === row ? [...one, cell] : one)),
    () => copy.map((one) => [...one, one[column] ?? ""]),
  ];
  return pick(dice, acts)?.() ?? copy;
}
