-- Tickets are counted as findings are: see lib/decisions/023-how-the-queue-scales.md.

-- What waits for somebody, as one column: tab, tally and indexes read the same.
ALTER TABLE "ticket" ADD COLUMN     "needs_attention" BOOLEAN NOT NULL GENERATED ALWAYS AS (
  proposal IS NOT NULL OR coalesce(drift <> '{}', false) OR (external_done AND state = 'open') OR sync IN ('failed', 'in_doubt', 'gone')) STORED;

DROP INDEX ticket_attention_partial;
CREATE INDEX ticket_attention_partial ON ticket (environment_id, severity, id) WHERE needs_attention;
CREATE INDEX ticket_attention_updated_partial ON ticket (environment_id, updated_at, id) WHERE needs_attention;
-- The newest of a state, however far below those of the other; and whose it is, where that is nobody with an account.
CREATE INDEX "ticket_environment_id_state_id_idx" ON "ticket"("environment_id", "state", "id");
CREATE INDEX ticket_team_partial ON ticket (environment_id, lower(team)) WHERE team IS NOT NULL;

-- CreateTable
CREATE TABLE "ticket_count" (
    "environment_id" INTEGER NOT NULL,
    "slot" SMALLINT NOT NULL,
    "state" "ticket_state" NOT NULL,
    "reopened" BOOLEAN NOT NULL,
    "done_there" BOOLEAN NOT NULL,
    "attention" BOOLEAN NOT NULL,
    "n" BIGINT NOT NULL,

    CONSTRAINT "ticket_count_pkey" PRIMARY KEY ("environment_id","slot","state","reopened","done_there","attention")
);

-- CreateTable
CREATE TABLE "ticket_tally" (
    "environment_id" INTEGER NOT NULL,
    "slot" SMALLINT NOT NULL,
    "state" "ticket_state" NOT NULL,
    "reopened" BOOLEAN NOT NULL,
    "done_there" BOOLEAN NOT NULL,
    "attention" BOOLEAN NOT NULL,
    "severity" "severity" NOT NULL,
    "priority" "ticket_priority" NOT NULL,
    "remediation" "remediation_status" NOT NULL,
    "destination" "destination" NOT NULL,
    "assigned" BOOLEAN NOT NULL,
    "n" BIGINT NOT NULL,

    CONSTRAINT "ticket_tally_pkey" PRIMARY KEY ("environment_id","slot","state","reopened","done_there","attention","severity","priority","remediation","destination","assigned")
);

-- Both counts in one pass over what a statement wrote, in the slots that the findings' use.
CREATE FUNCTION docket_count_tickets() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE here smallint := pg_backend_pid() % 32;
BEGIN
  IF TG_OP = 'INSERT' THEN
    WITH moved AS MATERIALIZED (
      SELECT environment_id, state, reopen_count > 0 AS reopened, external_done AS done_there, needs_attention AS attention, severity, priority, remediation, destination,
        assignee_id IS NOT NULL AS assigned, count(*) AS n
      FROM newt GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
    tallied AS (
      INSERT INTO ticket_tally AS q SELECT environment_id, here, state, reopened, done_there, attention, severity, priority, remediation, destination, assigned, n
      FROM moved ORDER BY 1, 3, 4, 5, 6, 7, 8, 9, 10, 11
      ON CONFLICT (environment_id, slot, state, reopened, done_there, attention, severity, priority, remediation, destination, assigned) DO UPDATE SET n = q.n + excluded.n)
    INSERT INTO ticket_count AS q SELECT environment_id, here, state, reopened, done_there, attention, sum(n)
      FROM moved GROUP BY 1, 3, 4, 5, 6 ORDER BY 1, 3, 4, 5, 6
      ON CONFLICT (environment_id, slot, state, reopened, done_there, attention) DO UPDATE SET n = q.n + excluded.n;
  ELSE
    WITH moved AS MATERIALIZED (
      SELECT environment_id, state, reopen_count > 0 AS reopened, external_done AS done_there, needs_attention AS attention, severity, priority, remediation, destination,
        assignee_id IS NOT NULL AS assigned, sum(d) AS n
      FROM (SELECT environment_id, state, reopen_count, external_done, needs_attention, severity, priority, remediation, destination, assignee_id, 1 AS d FROM newt
        UNION ALL SELECT environment_id, state, reopen_count, external_done, needs_attention, severity, priority, remediation, destination, assignee_id, -1 FROM oldt) x
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 HAVING sum(d) <> 0),
    tallied AS (
      INSERT INTO ticket_tally AS q SELECT environment_id, here, state, reopened, done_there, attention, severity, priority, remediation, destination, assigned, n
      FROM moved ORDER BY 1, 3, 4, 5, 6, 7, 8, 9, 10, 11
      ON CONFLICT (environment_id, slot, state, reopened, done_there, attention, severity, priority, remediation, destination, assigned) DO UPDATE SET n = q.n + excluded.n)
    INSERT INTO ticket_count AS q SELECT environment_id, here, state, reopened, done_there, attention, sum(n)
      FROM moved GROUP BY 1, 3, 4, 5, 6 HAVING sum(n) <> 0 ORDER BY 1, 3, 4, 5, 6
      ON CONFLICT (environment_id, slot, state, reopened, done_there, attention) DO UPDATE SET n = q.n + excluded.n;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ticket_counted_new AFTER INSERT ON ticket REFERENCING NEW TABLE AS newt FOR EACH STATEMENT EXECUTE FUNCTION docket_count_tickets();
CREATE TRIGGER ticket_counted AFTER UPDATE ON ticket REFERENCING OLD TABLE AS oldt NEW TABLE AS newt FOR EACH STATEMENT EXECUTE FUNCTION docket_count_tickets();

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
