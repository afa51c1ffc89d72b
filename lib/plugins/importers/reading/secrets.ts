/**
 * Secrets that a scanner found are never kept, not even hashed: short ones could be guessed. What is kept of them lets people find
 * the place again and not the value.
 */

const STARS = "********";
/** What stands before the value in `name = value`, `name: value`; what only ends in signs of equality is a value in Base64 and no name. */
const NAME = /^["']?[\w.$ -]{1,60}["']?\s{0,20}(?:=>|:=|[:=])(?!=*\s*$)/;
/** A value in quotes, and what follows the name directly: covered however short, because passwords can be. */
const QUOTED = /"[^"]+"|'[^']+'|`[^`]+`/g;
const FIRST = /^(\s*)[^\s"'`,;]+/;

const starred = (quoted: string): string => `${quoted.charAt(0)}${STARS}${quoted.charAt(0)}`;

/** At most four leading characters, and never more than a quarter: enough to tell `AKIA…` from `ghp_…`. */
export const hint = (secret: string): string => `${secret.slice(0, Math.min(4, Math.floor(secret.length / 4)))}${STARS}`;

/** Where the name and its sign end, 0 where there is none. Only a beginning is looked at, so that no text makes this slow. */
function endOfName(text: string): number {
  const indent = text.length - text.trimStart().length;
  const name = NAME.exec(text.slice(indent, indent + 200));
  return name === null ? 0 : indent + name[0].length;
}

/**
 * Text around a secret without it. Tools that put stars over it miss some, so what is quoted, what follows a
 * name, and every run of six or more characters is covered, whatever it is; line by line, so that what each line is about can still be read.
 */
export function masked(text: string): string {
  if (text.includes("\n")) return text.split("\n").map(masked).join("\n");
  const end = endOfName(text);
  const [name, value] = [text.slice(0, end), text.slice(end)];
  const first = end === 0 ? value : value.replace(FIRST, `$1${STARS}`);
  return `${name}${first.replaceAll(QUOTED, starred).replaceAll(/[^\s"'`,;]{6,}/g, STARS)}`;
}

/** What may be the secret in a flagged text, so that a message which quotes it can be covered too: what is quoted, and long runs behind the name. */
export function valuesIn(text: string): string[] {
  return text.slice(0, 20_000).split("\n").slice(0, 200).flatMap((one) => {
    const value = one.slice(endOfName(one));
    return [...value.matchAll(QUOTED)].map(([quoted]) => quoted.slice(1, -1)).concat(value.match(/[^\s"'`,;]{8,}/g) ?? []);
  });
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

const IN_A_MESSAGE = /"[^"\n]+"|`[^`\n]+`|(?<![a-z])'[^'\s]+'/gi;

/** What is said about a secret without it: what stands in the flagged text or in quotes is covered. */
export function coveredMessage(message: string, values: readonly (string | null | undefined)[]): string {
  return without(message, values).replaceAll(IN_A_MESSAGE, starred);
}

/** CWE numbers of checks whose flagged text is a credential or a key. */
const ABOUT_SECRETS: ReadonlySet<number> = new Set([259, 321, 798]);

/** Whether a check finds secrets, by its weaknesses and by its words (its identifier, name, tags). */
export function isAboutSecrets(cwe: readonly number[], words: readonly (string | null | undefined)[]): boolean {
  if (cwe.some((number) => ABOUT_SECRETS.has(number))) return true;
  return words.some((word) => word !== null && word !== undefined && SECRET_WORDS.test(word));
}

/** The category of a credential that lies open, whichever tool saw it: the module of secrets is a view of it. */
export const SECRET = "Secret";

/** `Hard-coded Secrets`, `secrets`: how tools name the kind of such a check in its class, category, tags or identifier. */
const SECRET_KIND = /^(?:hard[-_ ]?coded[-_ ])?secrets?$/i;

/** Whether a check finds credentials themselves and not the code that handles them: narrower than what is covered to be safe. */
export function findsCredentials(cwe: readonly number[], kinds: readonly (string | null)[]): boolean {
  return cwe.some((number) => ABOUT_SECRETS.has(number)) || kinds.some((kind) => kind !== null && SECRET_KIND.test(kind.trim()));
}

/** What is hard-coded is a secret, but for places and statements. */
const SECRET_WORDS = /secret|hard[-_ ]?coded(?![-_ ]?(?:sql|tmp|temp|bind|ip(?![a-z])|url|path))|credential|password|private[-_ ]?key|gitleaks|trufflehog|ggshield/i;

/** Tools that look for nothing else: whatever they flag is a secret. */
export const findsSecrets = (tool: string): boolean => /gitleaks|trufflehog|detect-?secrets|ggshield|gitguardian|whispers|secretlint|kingfisher|noseyparker|nosey parker|titus|betterleaks|git-?secrets|rusty-?hog/i.test(tool);
