import { prisma } from "@/lib/db/client";

/** The number of a member by e-mail, whether active or not; null when there is none in this environment. For the operator's command line. */
export async function personNumbered(environment: number, email: string): Promise<number | null> {
  const person = await prisma.person.findFirst({
    where: { email: email.trim().toLowerCase(), memberships: { some: { environmentId: environment } } },
    select: { id: true },
  });
  return person?.id ?? null;
}
