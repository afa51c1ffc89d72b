import { can, ROLES, type Role } from "@/lib/domain/access/can";
import type { By } from "@/lib/domain/finding/decide";
import { cleanTag } from "@/lib/domain/finding/clean-tag";
import { responseOf } from "@/lib/domain/finding/governance";
import { MAX_TAG_LENGTH, MAX_TAGS } from "@/lib/domain/finding/limits";
import { peopleState } from "@/lib/domain/finding/outcome";
import { isResponseTag, responseTag } from "@/lib/domain/finding/response-tag";
import type { FindingState, PeopleState } from "@/lib/domain/finding/state";
import { ok, refuse, refuseInput, type Refused, type Result } from "@/lib/domain/refusal";

/** Findings are given to whoever may decide on them. */
export const ASSIGNABLE_ROLES: readonly Role[] = ROLES.filter((role) => can(role, "finding.decide"));

/** May findings be given to them? `who` as they were named, `role` as it is now: undefined for a stranger and for whoever is disabled. */
export function assigneeRefusal(who: number | string, role: Role | undefined, path: string): Refused | null {
  if (role !== undefined && ASSIGNABLE_ROLES.includes(role)) return null;
  const what = role === undefined ? `${who} is no active member here` : `${who} is here to look (${role})`;
  return refuseInput([{ path, message: `${what}: findings are given to those who may decide on them (${ASSIGNABLE_ROLES.join(", ")}).` }]);
}

/** Gives the finding to a person, or to nobody. The first assignment by a person is a first response. Refuses what is so already. */
export function assign(finding: FindingState, assigneeId: number | null, context: { now: Date; by: By }): Result<PeopleState> {
  if (finding.assigneeId === assigneeId) return refuse("conflict", assigneeId === null ? "Already unassigned." : "Already assigned to them.");
  const responds = assigneeId !== null && context.by === "person";
  const firstResponseAt = responds ? (finding.firstResponseAt ?? context.now) : finding.firstResponseAt;
  return ok({ ...peopleState(finding), assigneeId, firstResponseAt });
}

/** Adds and removes tags; a tag in both lists goes. Keeps the order in which they came. Refuses more than 50, what is so already, and tags that follow the response. */
export function tag(finding: FindingState, change: { add: readonly string[]; remove: readonly string[] }): Result<PeopleState> {
  const remove = new Set(change.remove.map(cleanTag));
  const add = change.add.map(cleanTag).filter((name) => name !== responseTag(responseOf(finding.governance)));
  const path = add.some(isResponseTag) ? "add" : [...remove].some((name) => isResponseTag(name) && !finding.tags.includes(name)) ? "remove" : null;
  if (path !== null) return refuseInput([{ path, message: "Tags that begin with response: follow the response by themselves; set the response instead." }]);
  const wanted = [...finding.tags, ...add].filter((name) => name !== "" && !remove.has(name));
  const tags = [...new Set(wanted)];
  if (tags.some((name) => name.length > MAX_TAG_LENGTH))
    return refuseInput([{ path: "add", message: `A tag has at most ${MAX_TAG_LENGTH} characters.` }]);
  if (tags.length > MAX_TAGS) return refuseInput([{ path: "add", message: `A finding carries at most ${MAX_TAGS} tags.` }]);
  const same = tags.length === finding.tags.length && tags.every((name, place) => name === finding.tags[place]);
  return same ? refuse("conflict", "Already tagged so.") : ok({ ...peopleState(finding), tags });
}
