import { prisma } from "@/lib/db/client";

/** Moves the clock of this test's database by so many milliseconds, forward or back. */
export async function moveClock(milliseconds: number): Promise<void> {
  await prisma.$executeRaw`UPDATE instance SET mark = 'test', clock_offset_ms = clock_offset_ms + ${milliseconds}`;
}
