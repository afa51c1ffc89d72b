import { NO_CALL, problem } from "@/lib/doors/problem";

/** Whoever mistypes an address of the interface is a program: it is told so in its own words, not by a page. */
function unknown(): Response {
  return problem(NO_CALL.refusal);
}

export { unknown as DELETE, unknown as GET, unknown as PATCH, unknown as POST, unknown as PUT };
