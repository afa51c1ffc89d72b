import { Prisma } from "@/lib/generated/prisma/client";

/** Prisma's word for a write conflict or deadlock, and PostgreSQL's own codes for the same. */
const PASSING = ["P2034", "40001", "40P01"];

/** Did two transactions stand in each other's way, so that the loser may simply start again? */
export function isContention(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  return PASSING.includes(error.code) || PASSING.some((code) => error.message.includes(code));
}
