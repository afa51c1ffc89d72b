import { fieldNamed } from "./fields";

/** A mistake in a typed filter: where it begins, how long it is, what is wrong and what would be right. */
export type TextFault = { at: number; length: number; message: string };

/** A value as it was typed, quotes taken off; `at` and `length` are those of the source, quotes included. */
export type Piece = { text: string; at: number; length: number; quoted: boolean };

export type Token =
  | { kind: "open" | "close" | "or" | "and" | "not"; at: number; length: number }
  | ({ kind: "word" } & Piece)
  | { kind: "field"; at: number; length: number; name: string; pieces: readonly Piece[]; isNegated: boolean; form: "colon" | "list" | "sign" };

export type Lexed = { tokens: readonly Token[]; faults: readonly TextFault[] };

const NAME = "[A-Za-z_][A-Za-z0-9_]*";
const COLON = new RegExp(`(${NAME}):`, "y");
const LIST = new RegExp(`(${NAME})\\s+(not\\s+)?in\\s*\\(`, "iy");
const SIGN = new RegExp(`(${NAME})\\s*(==|!=|>=|<=|=|>|<)\\s*(?=[^\\s)])`, "y");
const KEYWORD = /(OR|AND|NOT)(?=[\s()]|$)/y;
const KEYWORDS = { OR: "or", AND: "and", NOT: "not" } as const;
const BLANK = /\s/;

/** Reads a typed filter from left to right. It never gives up: what is wrong is told, and read as what it most likely is. */
class Lexer {
  readonly tokens: Token[] = [];
  readonly faults: TextFault[] = [];
  private at = 0;

  constructor(private readonly text: string) {}

  run(): Lexed {
    for (this.blanks(); this.at < this.text.length; this.blanks()) this.next();
    return { tokens: this.tokens, faults: this.faults };
  }

  private next() {
    const from = this.at;
    const letter = this.text[from];
    if (letter === "(" || letter === ")") return this.sign(letter === "(" ? "open" : "close", 1);
    if (letter === "-" && /[^\s\-),]/.test(this.text[from + 1] ?? " ")) return this.sign("not", 1);
    const [, keyword] = this.match(KEYWORD) ?? [];
    if (keyword === "OR" || keyword === "AND" || keyword === "NOT") return this.sign(KEYWORDS[keyword], keyword.length);
    if (this.list() || this.compared() || this.colon()) return;
    this.tokens.push({ kind: "word", ...this.piece(false) });
  }

  private sign(kind: "open" | "close" | "or" | "and" | "not", length: number) {
    this.tokens.push({ kind, at: this.at, length });
    this.at += length;
  }

  /** `severity:high,critical`. An address (`http://…`) is a text. */
  private colon(): boolean {
    const from = this.at;
    const [whole = "", name = ""] = this.match(COLON) ?? [];
    if (whole === "" || this.text.startsWith("//", from + whole.length)) return false;
    this.at += whole.length;
    const next = this.text[this.at];
    const isEmpty = next === undefined || BLANK.test(next) || next === ")";
    if (isEmpty && fieldNamed(name) === null) return this.backTo(from);
    const pieces = isEmpty ? [] : this.pieces(false);
    this.push(name, from, pieces, false, "colon");
    return true;
  }

  /** `response in ("To Be Closed", "None")`, `tag not in (a, b)`. */
  private list(): boolean {
    const from = this.at;
    const [whole = "", name = "", not] = this.match(LIST) ?? [];
    if (whole === "" || fieldNamed(name) === null) return false;
    this.at += whole.length;
    const pieces = this.pieces(true);
    if (this.text[this.at] === ")") this.at += 1;
    else this.faults.push({ at: from + whole.length - 1, length: 1, message: "This parenthesis is never closed." });
    this.push(name, from, pieces, not !== undefined, "list");
    return true;
  }

  /** `cvss_score >= 7`, `category == "Web Application"`, `severity != low`. */
  private compared(): boolean {
    const from = this.at;
    const [whole = "", name = "", sign = ""] = this.match(SIGN) ?? [];
    if (whole === "" || fieldNamed(name) === null) return false;
    this.at += whole.length;
    const signAt = from + whole.indexOf(sign, name.length);
    const piece = this.piece(true);
    const isPlain = ["=", "==", "!="].includes(sign);
    const text = isPlain ? piece.text : `${sign}${piece.text}`;
    this.push(name, from, [isPlain ? piece : { ...piece, text, at: signAt, length: this.at - signAt }], sign === "!=", "sign");
    return true;
  }

  private pieces(inList: boolean): Piece[] {
    const pieces: Piece[] = [];
    for (;;) {
      if (inList) this.blanks();
      const piece = this.piece(true, inList);
      if (piece.length > 0) pieces.push(piece);
      else this.faults.push({ at: Math.max(0, Math.min(piece.at, this.text.length - 1)), length: 1, message: "A value is missing here." });
      if (inList) this.blanks();
      if (this.text[this.at] !== ",") return pieces;
      this.at += 1;
    }
  }

  /** One word or value: in double quotes (a doubled one stands for itself), or up to the next blank, comma or parenthesis that is not its own. */
  private piece(isValue: boolean, inList = false): Piece {
    return this.text[this.at] === '"' ? this.quoted() : this.bare(isValue, inList);
  }

  private quoted(): Piece {
    const from = this.at;
    let text = "";
    for (this.at += 1; this.at < this.text.length; this.at += 1) {
      if (this.text[this.at] !== '"') text += this.text[this.at];
      else if (this.text[this.at + 1] === '"') { text += '"'; this.at += 1; }
      else { this.at += 1; return { text, at: from, length: this.at - from, quoted: true }; }
    }
    this.faults.push({ at: from, length: 1, message: 'This quote is never closed. A quote inside quotes is written twice: "".' });
    return { text, at: from, length: this.at - from, quoted: true };
  }

  private bare(isValue: boolean, inList: boolean): Piece {
    const from = this.at;
    let open = 0;
    for (; this.at < this.text.length; this.at += 1) {
      const letter = this.text[this.at] ?? "";
      if ((BLANK.test(letter) && !inList) || (isValue && letter === ",") || (letter === ")" && open === 0)) break;
      if (letter === "(") open += 1;
      if (letter === ")") open -= 1;
    }
    const text = this.text.slice(from, this.at).trimEnd();
    return { text, at: from, length: text.length, quoted: false };
  }

  private push(name: string, at: number, pieces: readonly Piece[], isNegated: boolean, form: "colon" | "list" | "sign") {
    this.tokens.push({ kind: "field", at, length: this.at - at, name, pieces, isNegated, form });
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text);
  }

  private backTo(at: number): false {
    this.at = at;
    return false;
  }

  private blanks() {
    while (this.at < this.text.length && BLANK.test(this.text[this.at] ?? "")) this.at += 1;
  }
}

/** The tokens of a typed filter with their places, and what could not be read. */
export function lex(text: string): Lexed {
  return new Lexer(text).run();
}
