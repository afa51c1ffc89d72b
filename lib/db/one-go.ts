import { trustedSql, type Sql, type Tx } from "@/lib/db/client";

/**
 * Runs statements whose results nobody reads, one after the other in one message: a set-based import is a hundred of them, and the way
 * there and back costs more than a small one does. Only values that cannot be mistaken for SQL (numbers, instants, yes and no, nothing) are
 * written into the text; a statement with any other value goes by itself, its values apart from it.
 */
export async function inOneGo(tx: Tx, statements: readonly Sql[]): Promise<void> {
  let texts: string[] = [];
  const send = async () => {
    if (texts.length > 0) await tx.$executeRaw(trustedSql(texts.join(";\n")));
    texts = [];
  };
  for (const statement of statements) {
    const text = plainText(statement);
    if (text !== null) {
      texts.push(text);
      continue;
    }
    await send();
    await tx.$executeRaw(statement);
  }
  await send();
}

/** The statement with its values in it; null where one of them is a text or anything else that somebody may have thought up. */
function plainText({ strings, values }: Sql): string | null {
  let text = strings[0] ?? "";
  for (const [at, value] of values.entries()) {
    const plain = plainValue(value);
    if (plain === null) return null;
    text += plain + (strings[at + 1] ?? "");
  }
  return text;
}

function plainValue(value: unknown): string | null {
  if (value === null) return "NULL";
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") return Number.isFinite(value) ? `(${value})` : null;
  if (value instanceof Date) return `'${value.toISOString()}'`;
  if (Array.isArray(value) && value.every((one) => Number.isInteger(one))) return `ARRAY[${value.join(",")}]`;
  return null;
}
