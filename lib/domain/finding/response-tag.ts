import { RESPONSES, type Response } from "@/lib/domain/finding/words";

/** What the tag of a response begins with. People give none that begins so. */
const PREFIX = "response:";

/** The tag that says how a finding was answered, `response:closed`; null while nobody has answered. It follows the response by itself and is stored nowhere, so it is never behind. */
export function responseTag(response: Response): string | null {
  return response === "needs_review" ? null : `${PREFIX}${response}`;
}

/** The tags of a finding as others read them: those that people gave, then that of its response. */
export function tagsWithResponse(tags: readonly string[], response: Response): string[] {
  const own = responseTag(response);
  return own === null ? [...tags] : [...tags.filter((tag) => tag !== own), own];
}

/** May people give and take tags of this name? `tag` in its stored form. */
export function isResponseTag(tag: string): boolean {
  return tag.startsWith(PREFIX);
}

/** The responses whose tag has one of these values; `*` stands for anything after the prefix. */
export function responsesTagged(values: readonly string[]): Response[] {
  const asked = values.filter(isResponseTag).map((value) => value.slice(PREFIX.length).split(/\*+/).map(literal).join(".*"));
  return RESPONSES.filter((response) => responseTag(response) !== null && asked.some((pattern) => new RegExp(`^${pattern}$`).test(response)));
}

function literal(text: string): string {
  return text.replace(/[^\w]/g, "\\$&");
}
