import type { Role } from "@/lib/domain/access/can";
import type { Scope } from "@/lib/domain/access/scopes";

/** Who asks. Made by a door (session, token, job, command line), never by the caller itself. */
export type Actor = {
  type: "user" | "token" | "automation" | "connector" | "system";
  id: string;
  name: string;
  /** The person behind a session, or behind a token that was made for one; null for everyone else. */
  personId: number | null;
  /** Role by environment. The system and the operator at the command line may act everywhere. */
  roles: ReadonlyMap<number, Role> | "everywhere";
  requestId: string;
  /** Of a token: what it was made for. It may what its role allows and one of these holds. */
  scopes?: readonly Scope[];
  /** The key under which the call may be sent again: its writes are done once. `secret`: what they give is kept nowhere; what to do then. */
  once?: { token: number; key: string; writes: number; secret?: string };
};

/** Docket itself: expiry, regressions, what follows from an import. */
export function systemActor(requestId: string): Actor {
  return { type: "system", id: "system", name: "System", personId: null, roles: "everywhere", requestId };
}

/** A tracker, for what it did over there and for what became of deliveries to it. */
export function connectorActor(connector: { id: number; name: string; environment: number }, requestId: string): Actor {
  return { type: "connector", id: String(connector.id), name: connector.name, personId: null, roles: new Map([[connector.environment, "analyst"]]), requestId };
}

/** The operator of this machine, at the command line. */
export function operatorActor(requestId: string): Actor {
  return { type: "system", id: "operator", name: "Operator (command line)", personId: null, roles: "everywhere", requestId };
}

/** The actor's role in an environment; "everywhere" counts as admin, undefined means not a member. */
export function roleIn(actor: Actor, environment: number): Role | undefined {
  return actor.roles === "everywhere" ? "admin" : actor.roles.get(environment);
}
