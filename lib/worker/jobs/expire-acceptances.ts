import { expireAcceptances } from "@/lib/commands/acceptances/expire-acceptances";
import { warnAcceptances } from "@/lib/commands/acceptances/warn-acceptances";
import { everywhere } from "@/lib/worker/jobs/everywhere";

/** Runs every minute: what has expired goes back to open, what will soon is announced. In chunks, until none is left. */
export const runExpireAcceptances = (): Promise<void> => everywhere(expireAcceptances, warnAcceptances);
