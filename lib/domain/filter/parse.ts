import { allOf, isTerm, LIMITS, notOf, type Expression, type Term } from "./expression";
import { areAlternatives } from "./alternatives";
import { fieldNamed, fieldOf, KNOWN_NAMES, type FieldName } from "./fields";
import { lex, type TextFault, type Token } from "./lex";
import { nearest } from "./nearest";
import { readValue } from "./values";

/** `items` add up. What could not be read is left out of them and stands in `faults`, in the order of the text. */
export type Parsed = { items: readonly Expression[]; faults: readonly TextFault[] };

type FieldToken = Extract<Token, { kind: "field" }>;

/** Terms of one field in one: their values are alternatives. More than one term may hold are several, of which any will do. */
function together(field: FieldName, terms: readonly Term[]): Expression {
  const values = [...new Set(terms.flatMap((term) => term.values))];
  const chunks = Array.from({ length: Math.ceil(values.length / LIMITS.values) }, (_, at): Term => ({ field, values: values.slice(at * LIMITS.values, (at + 1) * LIMITS.values) }));
  const [only] = chunks;
  return chunks.length === 1 && only ? only : { any: chunks };
}

/** Each of `items` in its place, but terms of one field where the first of them stands. */
function merged(items: readonly Expression[], mayMerge: (field: FieldName) => boolean): Expression[] {
  const terms = items.filter(isTerm);
  return items.flatMap((item, at) => {
    if (!isTerm(item) || !mayMerge(item.field)) return [item];
    const isFirst = items.findIndex((each) => isTerm(each) && each.field === item.field) === at;
    return isFirst ? [together(item.field, terms.filter(({ field }) => field === item.field))] : [];
  });
}

/** Terms of one field that stand side by side become alternatives, as everywhere in a filter; `AND` between them asks for both. */
export function sideBySide(items: readonly Expression[]): Expression[] {
  return merged(items, areAlternatives);
}

/** Alternatives: those of one field are one term, except where its values add up. */
function anyOf(branches: readonly Expression[]): Expression {
  const flat = branches.flatMap((branch) => ("any" in branch ? branch.any : [branch]));
  const parts = merged(flat, (field) => !["flags", "text"].includes(fieldOf(field).kind)).flatMap((part) => ("any" in part ? part.any : [part]));
  const [only] = parts;
  return parts.length === 1 && only ? only : { any: parts };
}

class Parser {
  readonly faults: TextFault[];
  private readonly tokens: readonly Token[];
  private at = 0;
  private terms = 0;
  /** Under a negation or an OR, where nothing may stand that is said of the whole queue. */
  private inside = 0;

  constructor(text: string) {
    const { tokens, faults } = lex(text);
    this.tokens = tokens;
    this.faults = [...faults];
  }

  whole(): readonly Expression[] {
    const items: Expression[] = [];
    while (this.peek()) {
      const part = this.either(0);
      if (part !== null) items.push(...("all" in part ? part.all : [part]));
      const stray = this.peek();
      if (stray) { this.fault(stray, "This parenthesis closes nothing."); this.at += 1; }
    }
    return items;
  }

  private peek(): Token | undefined {
    return this.tokens[this.at];
  }

  private take(kind: Token["kind"]): Token | null {
    const token = this.peek();
    if (token?.kind !== kind) return null;
    this.at += 1;
    return token;
  }

  private fault({ at, length }: { at: number; length: number }, message: string) {
    this.faults.push({ at, length, message });
  }

  private either(depth: number): Expression | null {
    const isChoice = this.hasOr();
    if (isChoice) this.inside += 1;
    const branches = [this.both(depth)];
    for (let or = this.take("or"); or; or = this.take("or")) {
      const branch = this.both(depth);
      if (branch === null || branches.at(-1) === null) this.fault(or, "OR needs something on both sides.");
      branches.push(branch);
    }
    if (isChoice) this.inside -= 1;
    const read = branches.filter((branch) => branch !== null);
    return read.length === 0 ? null : anyOf(read);
  }

  /** Does an OR stand on this level, before it is closed? */
  private hasOr(): boolean {
    let depth = 0;
    for (const { kind } of this.tokens.slice(this.at)) {
      if (kind === "open") depth += 1;
      if (kind === "close") depth -= 1;
      if (depth < 0) return false;
      if (depth === 0 && kind === "or") return true;
    }
    return false;
  }

  private both(depth: number): Expression | null {
    const groups: Expression[][] = [this.group(depth)];
    for (let and = this.take("and"); and; and = this.take("and")) {
      const group = this.group(depth);
      if (group.length === 0 || groups.at(-1)?.length === 0) this.fault(and, "AND needs something on both sides.");
      groups.push(group);
    }
    const items = groups.flatMap(sideBySide);
    return items.length === 0 ? null : allOf(items);
  }

  private group(depth: number): Expression[] {
    const items: Expression[] = [];
    for (let token = this.peek(); token && !["or", "and", "close"].includes(token.kind); token = this.peek()) {
      const item = this.one(depth);
      if (item !== null) items.push(item);
    }
    return items;
  }

  private one(depth: number): Expression | null {
    const token = this.peek();
    if (!token) return null;
    this.at += 1;
    if (depth >= LIMITS.depth && token.kind !== "word" && token.kind !== "field") {
      this.fault(token, `A filter goes at most ${LIMITS.depth} levels deep.`);
      return null;
    }
    if (token.kind === "not") return this.negated(token, depth);
    if (token.kind === "open") return this.inParentheses(token, depth);
    if (token.kind === "field") return this.term(token);
    return token.kind === "word" ? this.text(token) : null;
  }

  private negated(token: Token, depth: number): Expression | null {
    const next = this.peek();
    if (!next || ["or", "and", "close"].includes(next.kind)) {
      this.fault(token, "There is nothing here to negate.");
      return null;
    }
    this.inside += 1;
    const part = this.one(depth + 1);
    this.inside -= 1;
    return part === null ? null : notOf(allOf([part]));
  }

  /** A list, also of one: what stands in parentheses is no neighbour of what stands outside. */
  private inParentheses(token: Token, depth: number): Expression | null {
    const faults = this.faults.length;
    const part = this.either(depth + 1);
    if (!this.take("close")) this.fault(token, "This parenthesis is never closed.");
    else if (part === null && this.faults.length === faults) this.fault(token, "There is nothing between these parentheses.");
    return part === null ? null : { all: [part] };
  }

  private text(token: { text: string; at: number; length: number }): Expression | null {
    if (token.text.trim() === "" || !this.counted(token)) return null;
    if (token.text.length > LIMITS.value) this.fault(token, `A text has at most ${LIMITS.value} characters.`);
    return { field: "text", values: [token.text.trim().slice(0, LIMITS.value)] };
  }

  private counted(token: { at: number; length: number }): boolean {
    this.terms += 1;
    if (this.terms === LIMITS.terms + 1) this.fault(token, `A filter has at most ${LIMITS.terms} conditions.`);
    return this.terms <= LIMITS.terms;
  }

  private term(token: FieldToken): Expression | null {
    const field = fieldNamed(token.name);
    if (field === null) return this.unknown(token);
    if (!this.counted(token)) return null;
    if (fieldOf(field).alone && (this.inside > 0 || token.isNegated)) {
      this.fault(token, `${field}: is said of the whole queue; it cannot be negated or stand beside an OR.`);
      return null;
    }
    if (token.pieces.length === 0 && token.form === "colon") this.fault(token, `${token.name}: needs a value right after its colon.`);
    const values = this.values(field, token);
    if (values.length === 0) return null;
    const term: Term = { field: isDueOf(field, values) ? "due" : field, values };
    return token.isNegated ? notOf(term) : term;
  }

  private values(field: FieldName, token: FieldToken): string[] {
    const values = new Set<string>();
    for (const piece of token.pieces) {
      const read = readValue(field, piece.text);
      const span = read.ok || field !== "sla" ? read : readValue("due", piece.text); // of old, sla: asked when it is due
      if (!span.ok) this.fault(piece, read.ok ? "" : read.message);
      else if (values.size >= LIMITS.values) { this.fault(piece, `Name at most ${LIMITS.values} values.`); break; }
      else values.add(span.value);
    }
    return [...values];
  }

  /** A name that nobody knows: most likely mistyped, told so, and searched for as a text. */
  private unknown(token: FieldToken): Expression | null {
    const meant = nearest(token.name, KNOWN_NAMES);
    const hint = meant === null ? "Put it in double quotes to search for it as a text." : `Did you mean ${meant}?`;
    this.fault({ at: token.at, length: token.name.length }, `There is no field "${token.name.slice(0, 60)}". ${hint}`);
    return this.counted(token) ? { field: "text", values: [`${token.name}:${token.pieces.map(({ text }) => text).join(",")}`.slice(0, LIMITS.value)] } : null;
  }
}

function isDueOf(field: FieldName, values: readonly string[]): boolean {
  return field === "sla" && values.every((value) => /[<>\d]/.test(value));
}

/** Reads the language. It gives what it understood and every mistake with its place; nothing in a text makes it throw. */
export function parseExpression(text: string): Parsed {
  const whole = text.slice(0, LIMITS.characters);
  const parser = new Parser(whole);
  const items = parser.whole();
  const tooLong = text.length > LIMITS.characters ? [{ at: LIMITS.characters, length: text.length - LIMITS.characters, message: `A filter has at most ${LIMITS.characters} characters.` }] : [];
  return { items, faults: [...parser.faults, ...tooLong].toSorted((one, other) => one.at - other.at) };
}
