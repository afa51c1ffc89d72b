import { proposeOverdue } from "@/lib/commands/tickets/propose-overdue";
import { everywhere } from "@/lib/worker/jobs/everywhere";

/** Runs every hour: closed tickets whose vendor has not answered in time are proposed to be opened again. In chunks, until none is left. */
export const runProposeReopenings = (): Promise<void> => everywhere(proposeOverdue);
