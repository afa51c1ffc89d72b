import { ReportFault, type Source } from "../contract";
import type { Limits } from "../limits";
import { line } from "./plain-text";
import { readXml, type XmlHandler, type XmlTag } from "./xml-stream";

/** An element with what lies in it; `text` is the text directly inside. */
export type XmlElement = { name: string; attributes: Readonly<Record<string, string>>; text: string; children: XmlElement[]; line: number };

/** An element that was asked for, and those around it from the root inwards with what they have held so far. */
export type XmlCut = { element: XmlElement; above: readonly XmlElement[] };

/** `roots`: what the document may be. `cut`: elements given as soon as they end, and then forgotten. */
export type XmlPlan = { report: string; roots: readonly string[]; cut: readonly string[]; drop?: readonly string[]; doctype?: string };

/** What an element costs beside its texts. */
const ELEMENT_BYTES = 100;

/**
 * Cuts wanted elements out of an XML stream, as `cutElements` does with JSON. Everything else stays in the tree, so
 * that the elements above a cut one tell its surroundings; the root is given last, when the document has proved
 * whole. Elements in `drop` are stepped over. Refuses another root, and a tree that would fill the memory.
 */
export async function* cutXml(source: Source, plan: XmlPlan, limits: Limits): AsyncGenerator<readonly XmlCut[]> {
  const tree = new XmlTree(plan, limits);
  for await (const _ of readXml(source, tree, limits)) yield tree.take();
}

class XmlTree implements XmlHandler {
  readonly doctype: string | undefined;
  private readonly around: XmlElement[] = [];
  private readonly starts: number[] = [];
  private made: XmlCut[] = [];
  private kept = 0;
  private dropped = 0;

  constructor(
    private readonly plan: XmlPlan,
    private readonly limits: Limits,
  ) {
    this.doctype = plan.doctype;
  }

  take(): XmlCut[] {
    const made = this.made;
    this.made = [];
    return made;
  }

  open({ name, attributes, line: at }: XmlTag): void {
    if (this.around.length === 0 && !this.plan.roots.includes(name)) {
      const shown = line(name, 60);
      throw new ReportFault(`This is no ${this.plan.report}: it begins with <${shown}>`, { path: `/${shown}`, line: at });
    }
    if (this.dropped > 0 || this.plan.drop?.includes(name)) {
      this.dropped++;
      return;
    }
    this.starts.push(this.kept);
    this.around.push({ name, attributes, text: "", children: [], line: at });
    this.keep(Object.values(attributes).reduce((size, value) => size + value.length, ELEMENT_BYTES), at);
  }

  close(name: string, text: string): void {
    if (this.dropped > 0) {
      this.dropped--;
      return;
    }
    const element = this.around.pop();
    const start = this.starts.pop();
    if (!element || start === undefined) return;
    element.text = text;
    const parent = this.around.at(-1);
    if (parent && !this.plan.cut.includes(name)) {
      parent.children.push(element);
      this.keep(text.length, element.line);
      return;
    }
    this.kept = start;
    this.made.push({ element, above: [...this.around] });
  }

  private keep(bytes: number, at: number): void {
    this.kept += bytes;
    const inCut = this.around.findIndex((one) => this.plan.cut.includes(one.name));
    const start = inCut < 0 ? undefined : this.starts[inCut];
    if (start === undefined ? this.kept > this.limits.tableBytes : this.kept - start > this.limits.elementBytes) {
      throw new ReportFault("A single element of the report is larger than allowed", { line: at });
    }
  }
}

export const childrenOf = (element: XmlElement | undefined, name: string): XmlElement[] =>
  element?.children.filter((child) => child.name === name) ?? [];

export const childOf = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find((child) => child.name === name);

/** Text of the first child of this name without outer blanks; null when there is none or it is empty. */
export const textOf = (element: XmlElement | undefined, name: string): string | null => childOf(element, name)?.text.trim() || null;

/** `<issue>, line 7` */
export const placeOf = (element: XmlElement): string => `<${element.name}>, line ${String(element.line)}`;
