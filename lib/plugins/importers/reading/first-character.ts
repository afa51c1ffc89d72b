import { ReportFault, type Source } from "../contract";

const PASSED_OVER = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]);

/** The first character of a report that is no blank, for formats that come as XML or as JSON: reads no further than that. */
export async function firstCharacter(source: Source): Promise<string> {
  for await (const chunk of source.open()) {
    const at = chunk.findIndex((byte) => !PASSED_OVER.has(byte));
    if (at >= 0) return chunk[at] === 0xff || chunk[at] === 0xfe ? "<" : String.fromCharCode(chunk[at] ?? 0);
  }
  throw new ReportFault("The report is empty");
}
