import { cleanText, type Block, type Value } from "../sections";

const ENTITY = (char: string): string => `&#${char.codePointAt(0) ?? 32};`;

/**
 * Text in Jira's wiki markup: what would begin a macro, link, picture, table, emphasis, emoticon or mention is written as its entity, as are the
 * words that make headings and quotations at the beginning of a line, and the colon of an address, so that nothing links by itself.
 */
export function escapeWiki(text: string): string {
  return cleanText(text)
    .replace(/[&<>\\{}[\]()*_+^~?!|#@%]|(?<![a-z0-9])-|-(?![a-z0-9])/gi, ENTITY)
    .replace(/:(?=\/\/)|(?<=\b(?:mailto|file|javascript|data)):/gi, "&#58;")
    .replace(/^(h[1-6]|bq)\./gim, "$1&#46;");
}

const line = (text: string): string => escapeWiki(text.replaceAll("\n", " "));
/** Our own addresses and references, already known to be http: what would end the link is written in percent. */
const linked = ({ text, href }: Value): string =>
  href === undefined ? line(text) : `[${line(text)}|${href.replace(/[[\]|{}()!*^~\\]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`)}]`;

function textOf(block: Block): string {
  switch (block.kind) {
    case "heading": return `h2. ${block.text}`;
    case "text": return escapeWiki(block.text);
    case "facts": return block.rows.map(({ label, values }) => `* *${label}:* ${values.map(linked).join(", ")}`).join("\n");
    case "list": return block.items.map((item) => `* ${linked(item)}`).join("\n");
    case "checks": return block.items.map((item) => `* ${line(item)}`).join("\n");
  }
}

/** Jira Data Center's wiki markup. */
export function asWiki(blocks: readonly Block[]): string {
  return blocks.map(textOf).filter(Boolean).join("\n\n");
}
