import { allOf, isTerm, type Expression, type Term } from "@/lib/domain/filter/expression";
import { parseExpression } from "@/lib/domain/filter/parse";
import type { QueueFilter } from "@/lib/domain/views/alerts";
import { isModule, MODULE_KEYS, MODULE_STATES, moduleNamed, STATEFUL, type ModuleKey } from "./table";

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

/** The condition that makes a queue a module's: the only one that names modules, and one of them. */
export function moduleTermOf({ rest }: Pick<QueueFilter, "rest">): Term | null {
  const [only, ...others] = rest.filter((each): each is Term => isTerm(each) && each.field === "module");
  return only && others.length === 0 && only.values.length === 1 ? only : null;
}

/** The module that a queue is a view of; Alerts where its filter names none, or more than one. */
export function moduleOf(filter: Pick<QueueFilter, "rest">): ModuleKey {
  const named = moduleTermOf(filter)?.values[0];
  return MODULE_KEYS.find((key) => key === named) ?? "alerts";
}

/** The same filter in another module. */
export function inModule(filter: QueueFilter, module: ModuleKey): QueueFilter {
  const term = moduleTermOf(filter);
  const others = filter.rest.filter((each) => each !== term);
  return { ...filter, rest: module === "alerts" ? others : [{ field: "module", values: [module] }, ...others] };
}
