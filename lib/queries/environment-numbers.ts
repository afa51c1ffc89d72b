import { prisma } from "@/lib/db/client";

/** The numbers of all environments, for acts of the clock that go through each. */
export async function environmentNumbers(): Promise<number[]> {
  const all = await prisma.environment.findMany({ select: { id: true }, orderBy: { id: "asc" }, take: 10_000 });
  return all.map(({ id }) => id);
}
