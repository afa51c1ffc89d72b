/**
 * Secrets that a scanner found are never kept, not even hashed: short ones could be guessed. What is kept of them lets people find
 * the place again and not the value.
 */

const STARS = "********";
/** What stands before the value in `name = value`, `name: value`. */
const NAME = /^\s*["']?[\w.$ -]{1,60}["']?\s*(?:=>|:=|[:=])/;

/** At most four leading characters, and never more than a quarter: enough to tell `AKIA…` from `ghp_…`. */
export const hint = (secret: string): string => `${secret.slice(0, Math.min(4, Math.floor(secret.length / 4)))}${STARS}`;

/**
 * Text around a secret without it. Tools that put stars over it miss some, so every run of six or more characters
 * behind the name is covered, whatever it is; line by line, so that what each line is about can still be read.
 */
export function masked(text: string): string {
  if (text.includes("\n")) return text.split("\n").map(masked).join("\n");
  const name = NAME.exec(text)?.[0] ?? "";
  return `${name}${text.slice(name.length).replaceAll(/[^\s"'`,;]{6,}/g, STARS)}`;
}

/** Text in which these values must not stand: each is covered wherever it occurs. Those under four characters are everywhere and tell nothing. */
export function without(text: string, secrets: readonly (string | null | undefined)[]): string {
  const worth = secrets.filter((one) => typeof one === "string").flatMap((one) => [one, ...one.split("\n")]);
  return [...new Set(worth.map((one) => one.trim()))]
    .filter((one) => one.length >= 4)
    .sort((a, b) => b.length - a.length)
    .slice(0, 200)
    .reduce((cleaned, secret) => cleaned.replaceAll(secret, hint(secret)), text);
}

/** CWE numbers of checks whose flagged text is a credential or a key. */
const ABOUT_SECRETS: ReadonlySet<number> = new Set([259, 321, 798]);

/** Whether a check finds secrets, by its weaknesses and by its words (its identifier, name, tags). */
export function isAboutSecrets(cwe: readonly number[], words: readonly (string | null | undefined)[]): boolean {
  if (cwe.some((number) => ABOUT_SECRETS.has(number))) return true;
  return words.some((word) => word !== null && word !== undefined && /secret|hard-?_?coded|credential|password|private[-_ ]?key|gitleaks|trufflehog|ggshield/i.test(word));
}
