import { cleanText, type Block, type Value } from "../sections";

/** A node of Atlassian's document format, version 1. */
export type JiraNode = { type: string; text?: string; attrs?: Readonly<Record<string, string | number>>; marks?: readonly { type: string; attrs?: { href: string } }[]; content?: readonly JiraNode[] };
export type JiraDocument = { type: "doc"; version: 1; content: readonly JiraNode[] };

/** Text is data in this format; an empty one is refused by Jira. */
function words(text: string, marks: JiraNode["marks"] = []): JiraNode[] {
  const clean = cleanText(text);
  return clean === "" ? [] : clean.split("\n").flatMap((line, index): JiraNode[] => [
    ...(index > 0 ? [{ type: "hardBreak" }] : []), ...(line === "" ? [] : [{ type: "text", text: line, ...(marks.length > 0 ? { marks } : {}) }]),
  ]);
}

const valueOf = ({ text, href }: Value): JiraNode[] => words(text.replaceAll("\n", " "), href ? [{ type: "link", attrs: { href } }] : []);
const paragraph = (content: readonly JiraNode[]): JiraNode => ({ type: "paragraph", ...(content.length > 0 ? { content } : {}) });
const bullets = (items: readonly (readonly JiraNode[])[]): JiraNode[] =>
  items.length === 0 ? [] : [{ type: "bulletList", content: items.map((content) => ({ type: "listItem", content: [paragraph(content)] })) }];

function joined(values: readonly Value[]): JiraNode[] {
  return values.flatMap((value, index) => [...(index > 0 ? [{ type: "text", text: ", " }] : []), ...valueOf(value)]);
}

function nodesOf(block: Block): JiraNode[] {
  switch (block.kind) {
    case "heading": return [{ type: "heading", attrs: { level: 2 }, content: [{ type: "text", text: block.text }] }];
    case "text": return [paragraph(words(block.text))];
    case "facts": return bullets(block.rows.map(({ label, values }) => [{ type: "text", text: `${label}: `, marks: [{ type: "strong" }] }, ...joined(values)]));
    case "list": return bullets(block.items.map(valueOf));
    case "checks": return bullets(block.items.map((item) => words(`\u2610 ${item.replaceAll("\n", " ")}`))); // task lists are refused in descriptions
  }
}

/** Jira Cloud's document format (ADF): a tree of JSON in which text can be nothing but text. */
export function asDocument(blocks: readonly Block[]): JiraDocument {
  return { type: "doc", version: 1, content: blocks.flatMap(nodesOf) };
}
