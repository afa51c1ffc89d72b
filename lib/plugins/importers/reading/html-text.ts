/** Elements that begin a new line. */
const BLOCKS = "p|div|br|tr|ul|ol|table|pre|blockquote|h[1-6]|dl|dt|dd|hr|section";
const INLINE = "b|i|u|em|strong|code|span|a|td|th|tbody|thead|tt|kbd|small|big|sub|sup|font|var|samp|cite";
const ITEM = /<li(?:\s[^<>]*)?>/gi;
const BLOCK = new RegExp(`</?(?:${BLOCKS})(?:\\s[^<>]*)?/?>`, "gi");
const OTHER = new RegExp(`</?(?:${INLINE}|li)(?:\\s[^<>]*)?/?>`, "gi");
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi;
const NAMED: ReadonlyMap<string, string> = new Map([
  ["lt", "<"],
  ["gt", ">"],
  ["amp", "&"],
  ["quot", '"'],
  ["apos", "'"],
  ["nbsp", " "],
]);

/** More of one text than any limit lets through. */
const READ = 400_000;

/**
 * Plain text of a scanner's own prose that is written in HTML: its layout tags become lines, its references become
 * characters. Any other `<…>` stays as it is: it is what the scanner speaks about. The outcome is text and never HTML.
 */
export function textOfHtml(html: string | null | undefined): string | null {
  if (html === null || html === undefined) return null;
  const text = html
    .slice(0, READ)
    .replaceAll(ITEM, "\n- ")
    .replaceAll(BLOCK, "\n")
    .replaceAll(OTHER, "")
    .replaceAll(ENTITY, referred);
  const lines = text.split("\n").map((one) => one.trim());
  return lines.filter((one, at) => one !== "" || (at > 0 && lines[at - 1] !== "")).join("\n").trim() || null;
}

function referred(entity: string, decimal: string | undefined, hex: string | undefined, name: string | undefined): string {
  if (name !== undefined) return NAMED.get(name.toLowerCase()) ?? entity;
  const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : entity;
}

/** Addresses of the links in HTML, and those that stand in its text. */
export function addressesIn(html: string | null | undefined): string[] {
  const found = (html ?? "").slice(0, READ).match(/https?:\/\/[^\s"'<>\\)]+/gi) ?? [];
  return found.flatMap((one) => one.replaceAll("&amp;", "&").split(/(?=https?:\/\/)/i)).map((one) => one.replace(/[.,;]+$/, ""));
}
