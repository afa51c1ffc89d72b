import { cleanText, type Block, type Value } from "../sections";

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "`": "&#96;" };

/** Text in HTML, in elements and in quoted attributes. */
export function escapeHtml(text: string): string {
  return cleanText(text).replace(/[&<>"'`]/g, (char) => ENTITIES[char] ?? "");
}

const line = (text: string): string => escapeHtml(text.replaceAll("\n", " "));
const linked = ({ text, href }: Value): string => (href === undefined ? line(text) : `<a href="${line(href)}" rel="noreferrer">${line(text)}</a>`);
const bullets = (items: readonly string[]): string => (items.length === 0 ? "" : `<ul>${items.map((item) => `<li>${item}</li>`).join("")}</ul>`);

function textOf(block: Block): string {
  switch (block.kind) {
    case "heading": return `<h2>${block.text}</h2>`;
    case "text": return `<p>${escapeHtml(block.text).replaceAll("\n", "<br>")}</p>`;
    case "facts": return bullets(block.rows.map(({ label, values }) => `<strong>${label}:</strong> ${values.map(linked).join(", ")}`));
    case "list": return bullets(block.items.map(linked));
    case "checks": return bullets(block.items.map((item) => `\u2610 ${line(item)}`));
  }
}

/** HTML for mail: no styles, no pictures, no scripts. */
export function asHtml(blocks: readonly Block[]): string {
  return blocks.map(textOf).filter(Boolean).join("\n");
}
