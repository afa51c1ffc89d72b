import { flagFollowUps } from "@/lib/commands/findings/flag-follow-ups";
import { everywhere } from "@/lib/worker/jobs/everywhere";

/** Runs every minute: findings whose review or follow-up is due are flagged. In chunks, until none is left; what was missed while nothing ran comes with them. */
export const runFlagFollowUps = (): Promise<void> => everywhere(flagFollowUps);
