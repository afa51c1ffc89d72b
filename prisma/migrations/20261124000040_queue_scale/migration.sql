-- What the queue needs at a million findings and more: see lib/decisions/023-how-the-queue-scales.md.

-- The date at which a running clock is due next, as a row shows it: the column Due sorts by it, and "overdue" is a range of it.
-- Beside it what is live though disposed of: few, and asked for on every page. Neither changes when a sighting turns new to open, so that
-- such an update still touches no index.
ALTER TABLE "finding" ADD COLUMN     "next_due" TIMESTAMPTZ(6) GENERATED ALWAYS AS (
  CASE WHEN governance_status IN ('open', 'reopened', 'in_progress') AND sla_paused_at IS NULL
    THEN least(resolve_by, CASE WHEN first_response_at IS NULL THEN acknowledge_by END) END) STORED,
ADD COLUMN     "is_live" BOOLEAN NOT NULL GENERATED ALWAYS AS (governance_status IN ('resolved', 'false_positive') AND scanner_status <> 'closed') STORED;

-- The index on resolve_by becomes one on the date that is shown: not one more.
-- DropIndex
DROP INDEX "finding_environment_id_tab_resolve_by_id_idx";

-- CreateIndex
CREATE INDEX "finding_environment_id_tab_next_due_id_idx" ON "finding"("environment_id", "tab", "next_due", "id");

-- What arrives is in neither: no import of new findings pays for them.
CREATE INDEX finding_live_partial ON finding (environment_id, effective, calibrated, id) WHERE is_live;
CREATE INDEX finding_last_seen_partial ON finding (environment_id, tab, last_seen_on, id) WHERE last_seen_on IS NOT NULL;

-- CreateIndex
CREATE INDEX "scope_environment_id_last_scanned_id_idx" ON "scope"("environment_id", "last_scanned", "id");

-- CreateTable
CREATE TABLE "queue_tally" (
    "environment_id" INTEGER NOT NULL,
    "slot" SMALLINT NOT NULL,
    "scanner_status" "scanner_status" NOT NULL,
    "governance_status" "governance_status" NOT NULL,
    "technical" "severity" NOT NULL,
    "calibrated" "severity" NOT NULL,
    "effective" "severity" NOT NULL,
    "detector_id" INTEGER NOT NULL,
    "category" TEXT NOT NULL,
    "close_reason" TEXT NOT NULL,
    "verification" "verification" NOT NULL,
    "kev" BOOLEAN NOT NULL,
    "assigned" BOOLEAN NOT NULL,
    "n" BIGINT NOT NULL,

    CONSTRAINT "queue_tally_pkey" PRIMARY KEY ("environment_id","slot","scanner_status","governance_status","technical","calibrated","effective","detector_id","category","close_reason","verification","kev","assigned")
);

-- Both counts in one pass over what a statement wrote: by all that has few values, and from there by tab.
CREATE OR REPLACE FUNCTION docket_count() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE here smallint := pg_backend_pid() % 32;
BEGIN
  IF TG_OP = 'INSERT' THEN
    WITH moved AS MATERIALIZED (
      SELECT environment_id, scanner_status, governance_status, technical, calibrated, effective, detector_id, coalesce(category, '') AS category,
        coalesce(close_reason::text, '') AS close_reason, verification, kev, assignee_id IS NOT NULL AS assigned, count(*) AS n
      FROM newt GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
    tallied AS (
      INSERT INTO queue_tally AS q SELECT environment_id, here, scanner_status, governance_status, technical, calibrated, effective, detector_id, category, close_reason,
        verification, kev, assigned, n FROM moved ORDER BY 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
      ON CONFLICT (environment_id, slot, scanner_status, governance_status, technical, calibrated, effective, detector_id, category, close_reason, verification, kev, assigned)
        DO UPDATE SET n = q.n + excluded.n)
    INSERT INTO queue_count AS q SELECT environment_id, here, docket_response(governance_status), scanner_status <> 'closed', assigned, sum(n)
      FROM moved GROUP BY 1, 3, 4, 5 ORDER BY 1, 3, 4, 5
      ON CONFLICT (environment_id, slot, response, detected, assigned) DO UPDATE SET n = q.n + excluded.n;
  ELSE
    WITH moved AS MATERIALIZED (
      SELECT environment_id, scanner_status, governance_status, technical, calibrated, effective, detector_id, coalesce(category, '') AS category,
        coalesce(close_reason::text, '') AS close_reason, verification, kev, assignee_id IS NOT NULL AS assigned, sum(d) AS n
      FROM (SELECT environment_id, scanner_status, governance_status, technical, calibrated, effective, detector_id, category, close_reason, verification, kev, assignee_id, 1 AS d FROM newt
        UNION ALL SELECT environment_id, scanner_status, governance_status, technical, calibrated, effective, detector_id, category, close_reason, verification, kev, assignee_id, -1 FROM oldt) x
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 HAVING sum(d) <> 0),
    tallied AS (
      INSERT INTO queue_tally AS q SELECT environment_id, here, scanner_status, governance_status, technical, calibrated, effective, detector_id, category, close_reason,
        verification, kev, assigned, n FROM moved ORDER BY 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
      ON CONFLICT (environment_id, slot, scanner_status, governance_status, technical, calibrated, effective, detector_id, category, close_reason, verification, kev, assigned)
        DO UPDATE SET n = q.n + excluded.n)
    INSERT INTO queue_count AS q SELECT environment_id, here, docket_response(governance_status), scanner_status <> 'closed', assigned, sum(n)
      FROM moved GROUP BY 1, 3, 4, 5 HAVING sum(n) <> 0 ORDER BY 1, 3, 4, 5
      ON CONFLICT (environment_id, slot, response, detected, assigned) DO UPDATE SET n = q.n + excluded.n;
  END IF;
  RETURN NULL;
END $$;

INSERT INTO queue_tally SELECT environment_id, 0, scanner_status, governance_status, technical, calibrated, effective, detector_id, coalesce(category, ''),
  coalesce(close_reason::text, ''), verification, kev, assignee_id IS NOT NULL, count(*) FROM finding GROUP BY 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13;

CREATE VIEW invariant_tallies AS
  SELECT * FROM (
    SELECT environment_id, scanner_status, governance_status, technical, calibrated, effective, detector_id, category, close_reason, verification, kev, assigned, sum(n) AS n FROM (
      SELECT environment_id, scanner_status, governance_status, technical, calibrated, effective, detector_id, category, close_reason, verification, kev, assigned, n FROM queue_tally
      UNION ALL SELECT environment_id, scanner_status, governance_status, technical, calibrated, effective, detector_id, coalesce(category, ''), coalesce(close_reason::text, ''),
        verification, kev, assignee_id IS NOT NULL, -1 FROM finding) x
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12) y WHERE n <> 0;
