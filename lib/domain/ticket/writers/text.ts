import { cleanText, type Block, type Value } from "../sections";

/**
 * Plain text has nothing to escape but ServiceNow's [code], which turns a journal's text into HTML. Every line of what came from outside is set
 * in, so that none can pass for a section of ours.
 */
export function escapeText(text: string): string {
  return cleanText(text).replace(/\[(?=\s*\/?\s*code\s*\])/gi, "[ ").split("\n").map((line) => `  ${line}`.trimEnd()).join("\n");
}

const line = (text: string): string => escapeText(text.replaceAll("\n", " ")).trim();
const shown = ({ text, href }: Value): string => (href === undefined || href === text ? line(text) : `${line(text)} ${href}`);

function textOf(block: Block): string {
  switch (block.kind) {
    case "heading": return block.text.toUpperCase();
    case "text": return escapeText(block.text);
    case "facts": return block.rows.map(({ label, values }) => `- ${label}: ${values.map(shown).join(", ")}`).join("\n");
    case "list": return block.items.map((item) => `- ${shown(item)}`).join("\n");
    case "checks": return block.items.map((item) => `- [ ] ${line(item)}`).join("\n");
  }
}

/** Plain text, as ServiceNow and mail programs show it. */
export function asText(blocks: readonly Block[]): string {
  return blocks.map(textOf).filter(Boolean).join("\n\n");
}
