/** The top of a JSON document as far as its first characters show it. */
export type Outline = {
  root: "object" | "array" | "other";
  /** Keys of the root object, or of the objects in a root array. */
  keys: ReadonlySet<string>;
  /** Those of its values that are texts. */
  texts: ReadonlyMap<string, string>;
};

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/gsy;

/**
 * Outline of a report from its head, which may end anywhere. Tolerant: it only helps to recognise a format, the
 * parser judges. Reads at most the given text, in linear time.
 */
export function outline(head: string): Outline {
  const text = head.trimStart();
  const root = text.startsWith("{") ? "object" : text.startsWith("[") ? "array" : "other";
  const level = root === "object" ? 1 : 2;
  const keys = new Set<string>();
  const texts = new Map<string, string>();
  let depth = 0;
  let key: string | null = null;
  let last: string | null = null;
  for (const token of root === "other" ? [] : tokens(text)) {
    if (token === "{" || token === "[") depth++;
    else if (token === "}" || token === "]") depth--;
    else if (depth !== level) continue;
    else if (token === ":") {
      key = last;
      if (key !== null && keys.size < 200) keys.add(key);
    } else if (token === ",") key = null;
    else if (key === null) last = unquoted(token);
    else if (!texts.has(key)) texts.set(key, unquoted(token));
    if (token === "{" || token === "[") last = null;
    // The next object of a list or of lines begins with a key, not with the value of the one before it.
    if (token === "{" && depth === level) key = null;
  }
  return { root, keys, texts };
}

function* tokens(text: string): Generator<string> {
  let at = 0;
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text)?.[0];
    // A text that does not end is where the head was cut: to go on would be slow on hostile input.
    if (found === undefined && text[at] === '"') return;
    if (found !== undefined) yield found;
    at += found?.length ?? 1;
  }
}

function unquoted(token: string): string {
  try {
    const value: unknown = JSON.parse(token);
    return typeof value === "string" ? value : "";
  } catch {
    return "";
  }
}
