import { isTerm, type Expression, type Term } from "./expression";
import { areAlternatives } from "./alternatives";
import type { FieldName } from "./fields";

/** A text in double quotes; one that it holds is written twice. */
export function inQuotes(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** A value as it must stand after a colon or in a list. */
export function printValue(value: string): string {
  return value === "" || /[\s",()]/.test(value) ? inQuotes(value) : value;
}

/** Begins like something else than a word: a sign, a parenthesis, a keyword, a field with its value. Blanks and quotes end a word wherever they stand. */
const NO_WORD = /^(?:[-,=<>!()]|(?:OR|AND|NOT)(?:[()]|$)|[A-Za-z_]\w*(?::(?!\/\/)|[=<>]|!=))|[\s"]/;

/** A word of free text as it must stand to be read as that word and nothing else. */
export function printWord(word: string): string {
  return word === "" || NO_WORD.test(word) || !isClosed(word) ? inQuotes(word) : word;
}

/** A parenthesis that the word leaves open would swallow the one that ends its group; one that it never opened ends it. */
function isClosed(word: string): boolean {
  let open = 0;
  for (const letter of word) {
    if (letter === "(") open += 1;
    if (letter === ")") open -= 1;
    if (open < 0) return false;
  }
  return open === 0;
}

function printTerm({ field, values }: Term): string {
  const [only = ""] = values;
  if (field === "text" && values.length === 1) return printWord(only);
  return `${field}:${values.map(printValue).join(",")}`;
}

/** Without the pairs of negations that stand before it: they say nothing. */
function bare(expression: Expression): Expression {
  return !isTerm(expression) && "not" in expression && !isTerm(expression.not) && "not" in expression.not ? bare(expression.not.not) : expression;
}

/** One expression as it stands inside another: what has parts stands in parentheses. */
function printPart(whole: Expression): string {
  const expression = bare(whole);
  if (isTerm(expression)) return printTerm(expression);
  if ("not" in expression) return `-${printPart(expression.not)}`;
  if ("any" in expression) return `(${expression.any.map(printPart).join(" OR ")})`;
  return `(${printItems(expression.all)})`;
}

/** Expressions that add up. `AND` stands where two of one field side by side would be alternatives. */
export function printItems(items: readonly Expression[]): string {
  let text = "";
  let here = new Set<FieldName>();
  for (const item of items.map(bare)) {
    const field = isTerm(item) && areAlternatives(item.field) ? item.field : null;
    const isAgain = field !== null && here.has(field);
    if (isAgain) here = new Set();
    if (field !== null) here.add(field);
    text += `${text === "" ? "" : isAgain ? " AND " : " "}${printPart(item)}`;
  }
  return text;
}
