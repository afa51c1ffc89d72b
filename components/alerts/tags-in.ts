import { MAX_TAG_LENGTH } from "@/lib/domain/finding/limits";

/** Tags as people type them, each once: commas between, a hash in front of each or not. */
export function tagsIn(text: string): string[] {
  return [...new Set(text.split(",").map((each) => each.trim().replace(/^#+\s*/, "")).filter(Boolean))];
}

/** What is wrong with the tags that somebody typed; undefined: nothing. */
export function tagFault(tags: readonly string[]): string | undefined {
  const long = tags.find((each) => each.length > MAX_TAG_LENGTH);
  return long === undefined ? undefined : `A tag has at most ${MAX_TAG_LENGTH} characters; “${long.slice(0, 20)}…” has ${long.length}.`;
}
