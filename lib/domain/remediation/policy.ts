/** What an environment's policy says about fixes and their proof. */
export type TicketPolicy = {
  /** Failed verifications after which the security team is told. */
  maxAttempts: number;
  /** How long a fix takes to be deployed: sightings before that say nothing about it. */
  deploymentHours: number;
  /** Whether a fix is looked at again by itself after its deployment window. */
  autoRetest: boolean;
  /** Whether Docket records "patched" on a finding whose fix is proved, or a person does. */
  recordVerified: boolean;
  /** Whether the scan of whoever resolved it proves nothing. */
  fourEyes: boolean;
  /** Whom escalations name; null: nobody in particular. */
  securityTeam: string | null;
};

export const DEFAULT_TICKET_POLICY: TicketPolicy = { maxAttempts: 3, deploymentHours: 24, autoRetest: true, recordVerified: false, fourEyes: false, securityTeam: null };
