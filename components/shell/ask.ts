type How = { signal?: AbortSignal; keepalive?: boolean };

/**
 * Asks one of the environment's own doors beside the actions, which go one after the other. Gives what was answered, for the caller to
 * recognise; null where it is refused, or nothing comes back.
 */
export async function ask(environment: number, door: string, body: object = {}, how: How = {}): Promise<unknown> {
  try {
    const response = await fetch(`/api/e/${environment}/${door}`, { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" }, cache: "no-store", ...how });
    const answer: unknown = await response.json();
    return typeof answer === "object" && answer !== null && "value" in answer ? answer.value : null;
  } catch {
    return null;
  }
}
