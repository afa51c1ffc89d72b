/** What helps against a report that was refused, where nothing better is known. */
export const SEND_AGAIN = "Send it again, whole, or name its format or its columns.";

/** What helps, by what the fault says; the first row that fits. */
const HELPS: readonly (readonly [RegExp, string])[] = [
  [/when unpacked|^The report is larger than allowed/, "Split it by asset and send each part by itself. Whoever runs Docket may raise DOCKET_MAX_UNPACKED_MB."],
  [/unpacks to more than/, "Send it unpacked: no report of a scanner packs so tightly."],
  [/is encrypted/, "Unpack it with its password and send what is in it."],
  [/packed once more/, "Unpack it and send the report in it by itself."],
  [/which is not read: pack it/, "Pack it with gzip or plain deflate, or send it unpacked."],
  [/zip file holds (no file|\d+ reports)|None of the \d+ files|zip file has more than/, "Send the one report by itself."],
  [/damaged|Entries of the zip|more than its directory/, "Pack it anew, or send it unpacked."],
  [/cut short|ends too early|ends without/, "Send it again, whole: compare its size with that of the file where the tool wrote it."],
  [/(holds|makes|names) more than/, "Split it, by asset or by tool, and send each part by itself."],
  [/larger than allowed/, "Have the tool leave out long texts (whole responses, traces, trees of packages) and export it anew."],
  [/for a reason of our own/, "Tell whoever runs Docket; the file stays with this scan."],
  [/was removed on/, "Send the report again from where it was made."],
  [/^This is none of the/, "Choose its format by name; a table is read once its columns are named. Why each format is not it stands below."],
  [/^This could be/, "Choose its format by name."],
  [/is empty/, "Look at the file where it was made: the tool wrote nothing into it."],
  [/states nothing/, "Send it again when its author states something about a vulnerability."],
];

/** The next step of whoever sent a report that was refused with these words. */
export function helpAgainst(message: string): string {
  return HELPS.find(([says]) => says.test(message))?.[1] ?? SEND_AGAIN;
}
