import { can } from "@/lib/domain/access/can";
import { refuse, type Refused } from "@/lib/domain/refusal";
import { roleIn, type Actor } from "@/lib/gate/actor";

/**
 * A password or an account counts in every environment of its person: only who manages people in all of them may touch it.
 * Without this an admin of one environment could sign in as the admin of another. Null: it is allowed.
 */
export function reachesAll(actor: Actor, environments: readonly number[]): Refused | null {
  const beyond = environments.filter((environment) => !can(roleIn(actor, environment), "people.manage"));
  if (beyond.length === 0) return null;
  return refuse("forbidden", "This person also belongs to an environment that you do not manage.", { next: "Ask the operator: npm run docket -- user" });
}
