import { isTerm, type Expression, type Term } from "./expression";
import { areAlternatives, type FieldName } from "./fields";
import { lex } from "./lex";

/** A text in double quotes; one that it holds is written twice. */
export function inQuotes(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** A value as it must stand after a colon or in a list. */
export function printValue(value: string): string {
  return value === "" || /[\s",()]/.test(value) ? inQuotes(value) : value;
}

/** A word of free text as it must stand to be read as that word and nothing else. */
export function printWord(word: string): string {
  const { tokens, faults } = lex(word);
  const [token] = tokens;
  const isPlain = tokens.length === 1 && faults.length === 0 && token?.kind === "word" && token.text === word && !token.quoted;
  return isPlain && !/^[-,=<>!]|"/.test(word) && isClosed(word) ? word : inQuotes(word);
}

/** A parenthesis that the word leaves open would swallow the one that ends its group. */
function isClosed(word: string): boolean {
  return word.split("(").length === word.split(")").length;
}

function printTerm({ field, values }: Term): string {
  const [only = ""] = values;
  if (field === "text" && values.length === 1) return printWord(only);
  return `${field}:${values.map(printValue).join(",")}`;
}

/** One expression as it stands inside another: what has parts stands in parentheses. */
function printPart(expression: Expression): string {
  if (isTerm(expression)) return printTerm(expression);
  if ("not" in expression) return "not" in expression.not ? printPart(expression.not.not) : `-${printPart(expression.not)}`;
  if ("any" in expression) return `(${expression.any.map(printPart).join(" OR ")})`;
  return `(${printItems(expression.all)})`;
}

/** Expressions that add up. `AND` stands where two of one field side by side would be alternatives. */
export function printItems(items: readonly Expression[]): string {
  let text = "";
  let here = new Set<FieldName>();
  for (const item of items) {
    const field = isTerm(item) && areAlternatives(item.field) ? item.field : null;
    const isAgain = field !== null && here.has(field);
    if (isAgain) here = new Set();
    if (field !== null) here.add(field);
    text += `${text === "" ? "" : isAgain ? " AND " : " "}${printPart(item)}`;
  }
  return text;
}
