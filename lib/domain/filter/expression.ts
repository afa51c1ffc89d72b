import type { FieldName } from "./fields";

/** One condition: the finding has one of these values. Values stand in their canonical form, as `readValue` gives them. */
export type Term = { readonly field: FieldName; readonly values: readonly string[] };

/** What is asked of a finding. An empty `all` asks nothing, an empty `any` is met by nothing. */
export type Expression = Term | { readonly not: Expression } | { readonly any: readonly Expression[] } | { readonly all: readonly Expression[] };

/** A filter is written by people and by strangers: so much of it, and no more. */
export const LIMITS = { characters: 4_000, terms: 100, depth: 12, values: 50, value: 300 } as const;

/** The condition itself, where the expression is nothing but one. */
export function isTerm(expression: Expression): expression is Term {
  return "field" in expression;
}

function conjunctsOf(part: Expression): readonly Expression[] {
  return "all" in part ? part.all.flatMap(conjunctsOf) : [part];
}

/** Both conditions at once, without a list inside a list. */
export function allOf(parts: readonly Expression[]): Expression {
  const flat = parts.flatMap(conjunctsOf);
  const [only] = flat;
  return flat.length === 1 && only ? only : { all: flat };
}

/** The opposite; twice is nothing. */
export function notOf(part: Expression): Expression {
  return "not" in part ? part.not : { not: part };
}

/** How many conditions there are, and how deep they lie. */
export function sizeOf(expression: Expression): { terms: number; depth: number } {
  if (isTerm(expression)) return { terms: 1, depth: 1 };
  const parts = "not" in expression ? [expression.not] : "any" in expression ? expression.any : expression.all;
  const sizes = parts.map(sizeOf);
  return { terms: sizes.reduce((sum, { terms }) => sum + terms, 0), depth: 1 + sizes.reduce((most, { depth }) => Math.max(most, depth), 0) };
}
