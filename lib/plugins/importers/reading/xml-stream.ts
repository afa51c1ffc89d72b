import { SaxesParser } from "saxes";
import { ReportFault, type Source } from "../contract";
import type { Limits } from "../limits";

export type XmlTag = { name: string; attributes: Readonly<Record<string, string>>; line: number };

/** What a format does with the elements of its XML. Names, attributes and texts are as the file has them. */
export type XmlHandler = {
  /**
   * Root that this format's own tool names in a DOCTYPE, as `<!DOCTYPE nmaprun>`. It is passed over, and what it points
   * to is never fetched; one that speaks of an entity is refused like every other DOCTYPE.
   */
  readonly doctype?: string;
  open(tag: XmlTag): void;
  /** `text` is the text directly inside the element. */
  close(name: string, text: string): void;
};

const SLICE = 65_536;
/** Enough for an XML declaration. */
const HEAD = 1_024;

/**
 * Feeds an XML stream to a handler, strictly (XML 1.0): refuses what is not well-formed or cut short, every DOCTYPE
 * that could define something and so every entity that a document could define, too deep nesting, too large elements, and bytes that are not in
 * the encoding that the document declares. Gives control back after each slice, so that results can be passed on.
 */
export async function* readXml(source: Source, handler: XmlHandler, limits: Limits): AsyncGenerator<void> {
  const document = new XmlDocument(handler, limits);
  let decoder: TextDecoder | null = null;
  for await (const slice of slices(source)) {
    decoder ??= decoderFor(slice);
    document.write(decoded(decoder, slice), slice.length);
    yield;
  }
  if (decoder === null) throw new ReportFault("The report is empty");
  document.end(decoded(decoder, null));
  yield;
}

/** The same bytes in slices of at most `SLICE`, the first long enough to hold the XML declaration. */
async function* slices(source: Source): AsyncGenerator<Uint8Array> {
  let head: Uint8Array | null = new Uint8Array();
  for await (const chunk of source.open()) {
    const bytes: Uint8Array = head === null ? chunk : Buffer.concat([head, chunk]);
    head = head !== null && bytes.length < HEAD ? bytes : null;
    for (let at = 0; head === null && at < bytes.length; at += SLICE) yield bytes.subarray(at, at + SLICE);
  }
  if (head !== null && head.length > 0) yield head;
}

class XmlDocument {
  private readonly parser = new SaxesParser({ xmlns: false, position: true });
  private readonly names: string[] = [];
  private readonly texts: string[] = [];
  private bytes = 0;
  /** Bytes since an element began or ended. */
  private quiet = 0;

  constructor(
    private readonly handler: XmlHandler,
    private readonly limits: Limits,
  ) {
    this.parser.on("error", (error) => this.refuse(`The report is not well-formed XML: ${error.message.replace(/^\d+:\d+: /, "").replace(/\.$/, "")}`));
    this.parser.on("doctype", (doctype) => {
      if (!isHarmless(doctype, handler.doctype)) this.refuse("The report has a DOCTYPE, which is not allowed");
    });
    this.parser.on("opentag", (tag) => {
      this.opened(tag.name, tag.attributes);
    });
    this.parser.on("text", (text) => {
      this.add(text);
    });
    this.parser.on("cdata", (text) => {
      this.add(text);
    });
    this.parser.on("closetag", (tag) => {
      this.closed(tag.name);
    });
  }

  write(text: string, bytes: number): void {
    this.bytes += bytes;
    if (this.bytes > this.limits.bytes) this.refuse("The report is larger than allowed");
    this.parser.write(text);
    this.quiet += bytes;
    if (this.quiet > this.limits.elementBytes) this.refuse("A single element of the report is larger than allowed");
  }

  end(text: string): void {
    this.parser.write(text).close();
  }

  private opened(name: string, attributes: Readonly<Record<string, string>>): void {
    this.quiet = 0;
    if (this.names.push(name) > this.limits.depth) this.refuse(`The report is nested deeper than ${String(this.limits.depth)} levels`);
    this.texts.push("");
    this.handler.open({ name, attributes, line: this.parser.line });
  }

  private closed(name: string): void {
    this.quiet = 0;
    this.names.pop();
    this.handler.close(name, this.texts.pop() ?? "");
  }

  private add(text: string): void {
    const at = this.texts.length - 1;
    const before = this.texts[at];
    if (before !== undefined && before.length < this.limits.observationChars * 2) this.texts[at] = before + text;
  }

  private refuse(message: string): never {
    const path = `/${this.names.slice(0, 20).map((name) => name.slice(0, 50)).join("/")}`;
    throw new ReportFault(message, { path, line: this.parser.line });
  }
}

/** Names the expected root, an address at most, and declares only elements and attributes, which the parser passes over: no entity. */
function isHarmless(doctype: string, root: string | undefined): boolean {
  const [name] = doctype.trim().split(/[\s[]/, 1);
  return name === root && doctype.length < 20_000 && !/ENTITY|NOTATION|%|&/i.test(doctype);
}

/** A decoder that refuses: by the byte order mark, else the declared encoding, else UTF-8 (XML 1.0, appendix F). */
function decoderFor(head: Uint8Array): TextDecoder {
  const [first, second] = [head[0], head[1]];
  if (first === 0xff && second === 0xfe) return decoderNamed("utf-16le");
  if (first === 0xfe && second === 0xff) return decoderNamed("utf-16be");
  if (first === 0 || second === 0) throw new ReportFault("The report is UTF-16 without a byte order mark: save it as UTF-8", { line: 1 });
  const start = Buffer.from(head.subarray(0, HEAD)).toString("latin1");
  const declared = /^(?:\u00ef\u00bb\u00bf)?<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z][\w.-]{0,40})["']/.exec(start)?.[1] ?? "utf-8";
  if (/^utf-?16/i.test(declared)) throw new ReportFault("The report says UTF-16 but is not", { line: 1 });
  return decoderNamed(declared);
}

function decoderNamed(label: string): TextDecoder {
  try {
    return new TextDecoder(label, { fatal: true });
  } catch {
    throw new ReportFault(`The encoding ${label} is not known: save the report as UTF-8`, { line: 1 });
  }
}

function decoded(decoder: TextDecoder, bytes: Uint8Array | null): string {
  try {
    return bytes === null ? decoder.decode() : decoder.decode(bytes, { stream: true });
  } catch {
    throw new ReportFault(`The report is not valid ${decoder.encoding.toUpperCase()}`);
  }
}
