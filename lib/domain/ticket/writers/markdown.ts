import { cleanText, type Block, type Value } from "../sections";

const ZERO_WIDTH = "\u200b";

/**
 * Text in GitHub's Markdown: every character that can mean something is written with a backslash, which also keeps addresses from becoming links.
 * Mentions and references to issues are found after the Markdown is read, so that they need a character without width.
 */
export function escapeMarkdown(text: string): string {
  return cleanText(text).split("\n").map((each) => each.trim().replace(/[!-/:-@[-`{-~]/g, "\\$&").replace(/\\[@#]/g, `$&${ZERO_WIDTH}`).replace(/\b(GH)(?=\\-\d)/gi, `$1${ZERO_WIDTH}`)).join("\\\n");
}

const line = (text: string): string => escapeMarkdown(text.replaceAll("\n", " "));
const linked = ({ text, href }: Value): string => (href === undefined ? line(text) : `[${line(text)}](<${href.replace(/[<>\\\n]/g, encodeURIComponent)}>)`);

function textOf(block: Block): string {
  switch (block.kind) {
    case "heading": return `## ${block.text}`;
    case "text": return cleanText(block.text).split(/\n\s*\n/).map(escapeMarkdown).join("\n\n");
    case "facts": return block.rows.map(({ label, values }) => `- **${label}:** ${values.map(linked).join(", ")}`).join("\n");
    case "list": return block.items.map((item) => `- ${linked(item)}`).join("\n");
    case "checks": return block.items.map((item) => `- [ ] ${line(item)}`).join("\n");
  }
}

/** GitHub's Markdown. */
export function asMarkdown(blocks: readonly Block[]): string {
  return blocks.map(textOf).filter(Boolean).join("\n\n");
}
