-- What went wrong on the way to a tracker, or differs there, waits for somebody while the ticket is open: a closed one waits for nobody, unless it is proposed to
-- open it again. A project that is archived over there would else fill the tab with tickets that nobody can take out of it.
DROP VIEW invariant_ticket_counts;
DROP VIEW invariant_ticket_tallies;
ALTER TABLE "ticket" DROP COLUMN "needs_attention";
ALTER TABLE "ticket" ADD COLUMN     "needs_attention" BOOLEAN NOT NULL GENERATED ALWAYS AS (
  proposal IS NOT NULL OR (state = 'open' AND (coalesce(drift <> '{}', false) OR external_done OR sync IN ('failed', 'in_doubt', 'gone')))) STORED;
CREATE INDEX ticket_attention_partial ON ticket (environment_id, severity, id) WHERE needs_attention;
CREATE INDEX ticket_attention_updated_partial ON ticket (environment_id, updated_at, id) WHERE needs_attention;

TRUNCATE ticket_count, ticket_tally;
INSERT INTO ticket_count SELECT environment_id, 0, state, reopen_count > 0, external_done, needs_attention, count(*) FROM ticket GROUP BY 1, 3, 4, 5, 6;
INSERT INTO ticket_tally SELECT environment_id, 0, state, reopen_count > 0, external_done, needs_attention, severity, priority, remediation, destination, assignee_id IS NOT NULL, count(*)
  FROM ticket GROUP BY 1, 3, 4, 5, 6, 7, 8, 9, 10, 11;

CREATE VIEW invariant_ticket_counts AS
  SELECT * FROM (
    SELECT environment_id, state, reopened, done_there, attention, sum(n) AS n FROM (
      SELECT environment_id, state, reopened, done_there, attention, n FROM ticket_count
      UNION ALL SELECT environment_id, state, reopen_count > 0, external_done, needs_attention, -1 FROM ticket) x
    GROUP BY 1, 2, 3, 4, 5) y WHERE n <> 0;

CREATE VIEW invariant_ticket_tallies AS
  SELECT * FROM (
    SELECT environment_id, state, reopened, done_there, attention, severity, priority, remediation, destination, assigned, sum(n) AS n FROM (
      SELECT environment_id, state, reopened, done_there, attention, severity, priority, remediation, destination, assigned, n FROM ticket_tally
      UNION ALL SELECT environment_id, state, reopen_count > 0, external_done, needs_attention, severity, priority, remediation, destination, assignee_id IS NOT NULL, -1 FROM ticket) x
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10) y WHERE n <> 0;
