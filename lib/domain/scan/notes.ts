import type { PreviewFacts } from "@/lib/domain/scan/preview";
import { UNNAMED_ASSET } from "@/lib/domain/scan/report";

const NAMED = 5;

const counted = (count: number, one: string, many: string) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

/** What its sender should know of a report beside its counts, and what to do about it: one text each. `isDone`: the scan was applied. */
export function notesOf({ unnamed, newAssets, severities }: PreviewFacts, isDone: boolean): string[] {
  return [unnamedWords(unnamed), newWords(newAssets, isDone), severityWords(severities, isDone)].filter((words) => words !== null);
}

/** Results that name no asset while nobody named one: two repositories that have the same file would share its findings. */
export function unnamedWords(unnamed: number): string | null {
  if (unnamed === 0) return null;
  const [results, stand] = [counted(unnamed, "result names", "results name"), unnamed === 1 ? "It stands" : "They stand"];
  return `${results} no asset, and none was named with the report. ${stand} on “${UNNAMED_ASSET}”, together with those of every other report like it, and nothing there becomes “not detected”. `
    + "Send it again with the name of its asset: the field Asset on the screen, asset= in a call, --asset on the command line.";
}

function newWords({ total, names }: PreviewFacts["newAssets"], isDone: boolean): string | null {
  if (total === 0) return null;
  const first = names.slice(0, NAMED).map((name) => `“${name}”`).join(", ");
  const rest = total > NAMED ? ` and ${(total - NAMED).toLocaleString("en")} more` : "";
  const words = isDone ? `${counted(total, "asset was", "assets were")} new: ${first}${rest}.` : `${counted(total, "asset is", "assets are")} not known here yet: ${first}${rest}.`;
  return isDone ? words : `${words} Applied, ${total === 1 ? "it becomes a new asset" : "they become new assets"}: if one of them is known under another name, discard this and send the report with that one.`;
}

function severityWords({ raised, lowered }: PreviewFacts["severities"], isDone: boolean): string | null {
  if (raised + lowered === 0) return null;
  const parts = [raised > 0 ? `${raised.toLocaleString("en")} higher` : "", lowered > 0 ? `${lowered.toLocaleString("en")} lower` : ""].filter((part) => part !== "").join(" and ");
  return `The scanner rates ${counted(raised + lowered, "known finding", "known findings")} otherwise than before: ${parts}. Where no team severity stands, ${isDone ? "due dates moved" : "due dates move"} with it.`;
}
