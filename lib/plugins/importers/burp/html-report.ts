import { ReportFault, type Source } from "../contract";
import type { Limits } from "../limits";
import { textOfHtml } from "../reading/html-text";
import type { Issue } from "./issue";

/** Each issue of the report stands in one of these; what a server said is escaped, so that it can begin none. */
const CONTAINER = '<div class="issue-container">';
const END = "</html>";

export type HtmlIssue = { issue: Issue; number: number };

/**
 * The HTML report of Burp Suite DAST, read as what it is: a summary with the severities, then a container for each
 * issue. One container is held at a time. Refuses a document that is not whole.
 */
export async function* readHtmlReport(source: Source, summary: Summary, limits: Limits): AsyncGenerator<HtmlIssue> {
  let [held, searched, number] = ["", 0, 0];
  let origin: string | null = null;
  for await (const text of textsOf(source, limits)) {
    held += text;
    for (let at = held.indexOf(CONTAINER, searched); at >= 0; at = held.indexOf(CONTAINER)) {
      const part = held.slice(0, at);
      held = held.slice(at + CONTAINER.length);
      if (number === 0) summary.read(part);
      else yield { number, issue: issueOf(part, summary, origin) };
      origin = originIn(part) ?? origin;
      number++;
    }
    searched = Math.max(0, held.length - CONTAINER.length);
    if (held.length > limits.elementBytes) throw new ReportFault("A single issue of the report is larger than allowed");
  }
  if (!held.trimEnd().endsWith(END)) throw new ReportFault("The report is cut short: it does not end with </html>");
  if (number > 0) yield { number, issue: issueOf(held, summary, origin) };
  else summary.read(held);
  if (!summary.recognised) throw new ReportFault("This is no report of Burp Suite DAST");
}

async function* textsOf(source: Source, limits: Limits): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let bytes = 0;
  for await (const chunk of source.open()) {
    bytes += chunk.length;
    if (bytes > limits.bytes) throw new ReportFault("The report is larger than allowed");
    yield decoded(decoder, chunk);
  }
  yield decoded(decoder, null);
}

function decoded(decoder: TextDecoder, chunk: Uint8Array | null): string {
  try {
    return chunk === null ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch {
    throw new ReportFault("The report is not valid UTF-8");
  }
}

/** `More details for https://example.com`: the heading before the issues of one application. */
function originIn(part: string): string | null {
  const at = part.lastIndexOf("<h1>More details for ");
  return at < 0 ? null : textOfHtml(part.slice(at + 21, part.indexOf("</h1>", at)));
}

/** What stands before the issues: whether the scan ended, its site, and severity and confidence by the number of each issue. */
export class Summary {
  recognised = false;
  failed = false;
  site: string | null = null;
  private readonly rows = new Map<string, { severity: string; confidence: string | null }>();

  read(part: string): void {
    this.recognised = /Scan (?:Remediation|Summary|Detailed) Report|Burp Suite/.test(part);
    this.site = labelled(part, "Site name:");
    const status = labelled(part, "Status:");
    this.failed = status !== null && !/^(completed|succeeded)$/i.test(status);
    for (const row of part.split("<tr")) {
      const id = /<a href="#(\d{1,30})"/.exec(row)?.[1];
      const [, severity, confidence] = row.split("<td").slice(1).map((cell) => textOfHtml(cell.slice(cell.indexOf(">") + 1)));
      if (id !== undefined && severity) this.rows.set(id, { severity, confidence: confidence ?? null });
    }
  }

  of(id: string): { severity: string | null; confidence: string | null } {
    return this.rows.get(id) ?? { severity: null, confidence: null };
  }
}

/** The value behind a label of the first page. */
function labelled(part: string, label: string): string | null {
  const at = part.indexOf(`<div class="label">${label}</div>`);
  if (at < 0) return null;
  const from = part.indexOf('<div class="value">', at);
  return from < 0 ? null : textOfHtml(part.slice(from + 19, part.indexOf("</div>", from)));
}

function issueOf(part: string, summary: Summary, origin: string | null): Issue {
  const [head = "", ...sections] = part.split("<h3>");
  const texts = new Map<string, string[]>();
  for (const section of sections) {
    const end = section.indexOf("</h3>");
    const title = section.slice(0, Math.max(0, end)).replaceAll(/\s+/g, " ").trim().replace(/:$/, "").toLowerCase();
    texts.set(title, [...(texts.get(title) ?? []), section.slice(end + 5)]);
  }
  const id = /<a name="(\d{1,30})"/.exec(head)?.[1] ?? "";
  const first = (title: string): string | null => texts.get(title)?.[0] ?? null;
  const between = (from: string, to: string): string | null => {
    const [, after] = head.split(from, 2);
    return after === undefined ? null : textOfHtml(after.split(to, 1)[0]);
  };
  const path = textOfHtml(head.slice(head.indexOf("</h2>") + 5).split("</a>", 1)[0]);
  return {
    ...summary.of(id),
    name: between("<h2>", "</h2>"),
    type: null,
    origin,
    address: null,
    path,
    location: path,
    detail: first("issue detail"),
    background: first("issue background"),
    remediation: [first("remediation detail"), first("issue remediation")],
    references: first("references"),
    classifications: first("vulnerability classifications"),
    exchange: [...(texts.get("request") ?? []), ...(texts.get("response") ?? [])].map((one) => textOfHtml(one) ?? ""),
  };
}
