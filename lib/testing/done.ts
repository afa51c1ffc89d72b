import type { Result } from "@/lib/domain/refusal";

/** What a call gave. @throws where it was refused, with the whole refusal: a story that goes on would fail somewhere else */
export function done<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}
