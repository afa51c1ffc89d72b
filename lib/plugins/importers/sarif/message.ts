import { stringsAt, stringAt, valueAt } from "../reading/fields";
import { textOf, type RuleFacts } from "./rules";

/**
 * Plain text of a result's message (SARIF 2.1.0, 3.11): its text, else the text that `id` names among the rule's
 * or the tool's strings; `{0}` filled in, `{{` unescaped, `[text](target)` reduced to its text.
 */
export function messageText(message: unknown, rule: RuleFacts | null, tool: ReadonlyMap<string, string>): string | null {
  const id = stringAt(message, "id") ?? stringAt(message, "messageId");
  const named = id === null ? null : (rule?.messages.get(id) ?? tool.get(id) ?? null);
  const own = textOf(message);
  const template = own ?? named;
  if (template === null) return null;
  const hasArguments = valueAt(message, "arguments") !== undefined;
  const filled = own === null || hasArguments ? fill(template, stringsAt(message, "arguments", 100)) : template;
  return filled.includes("[") ? withoutLinks(filled) : filled;
}

const fill = (template: string, values: readonly string[]): string =>
  template.replaceAll(/\{\{|\}\}|\{(\d{1,2})\}/g, (found: string, index: string | undefined) => {
    if (index === undefined) return found.charAt(0);
    return values[Number(index)] ?? found;
  });

/** An embedded link's text may escape its brackets; both parts are bounded so that no text makes this slow. */
const withoutLinks = (text: string): string =>
  text.replaceAll(/(?<!\\)\[((?:\\[[\]\\]|[^[\]\\]){1,500})\]\([^()\s]{1,500}\)/g, "$1").replaceAll(/\\([[\]\\])/g, "$1");
