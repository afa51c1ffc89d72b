import { allOf, isTerm, type Expression, type Term } from "@/lib/domain/filter/expression";
import { parseExpression } from "@/lib/domain/filter/parse";
import { isModule, MODULE_STATES, moduleNamed, STATEFUL, type ModuleKey } from "./table";

const READ = new Map<ModuleKey, Expression>();

/** What a module asks of a finding, read once out of its text. */
export function expressionOf(module: ModuleKey): Expression {
  const known = READ.get(module);
  if (known) return known;
  const read = allOf(parseExpression(moduleNamed(module).filter).items);
  READ.set(module, read);
  return read;
}

/** What may be said in a module and was not: of findings that belong to one with a state of its own. */
function unsaid(): Expression {
  return { all: [{ not: { field: "state", values: MODULE_STATES } }, { any: STATEFUL.map(({ key }) => expressionOf(key)) }] };
}

function spelledTerm(term: Term): Expression {
  if (term.field === "state" && term.values.includes("none")) {
    const said = term.values.filter((value) => value !== "none");
    return said.length === 0 ? unsaid() : { any: [{ field: "state", values: said }, unsaid()] };
  }
  if (term.field !== "module") return term;
  const [only, ...others] = term.values.filter(isModule).map(expressionOf);
  return only && others.length === 0 ? only : { any: only ? [only, ...others] : [] };
}

/** An expression with all that modules say in it replaced by what it stands for: `module:` by its filter, `state:none` by those who may have one. */
export function spelledOut(expression: Expression): Expression {
  if (isTerm(expression)) return spelledTerm(expression);
  if ("not" in expression) return { not: spelledOut(expression.not) };
  if ("any" in expression) return { any: expression.any.map(spelledOut) };
  return { all: expression.all.map(spelledOut) };
}
