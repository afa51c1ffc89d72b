-- The numbers beside the tabs were counted one by one: few, but more the larger the queue is, and asked for on every page. They are kept like the tabs'.
-- An acceptance is counted under its last day in UTC, so that "ends soon" is a sum of days and a look at the last one alone. One pass over the findings.

-- CreateTable
CREATE TABLE "queue_chip" (
    "environment_id" INTEGER NOT NULL,
    "slot" SMALLINT NOT NULL,
    "chip" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "n" BIGINT NOT NULL,

    CONSTRAINT "queue_chip_pkey" PRIMARY KEY ("environment_id","slot","chip","day")
);

-- What stands beside the tabs, a row for each finding and chip; without a date of its own: 1970.
CREATE FUNCTION docket_chips(re_review text, governance governance_status, follow_up_on timestamptz, accepted_until timestamptz)
RETURNS TABLE (chip text, day date) LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT c.chip, c.day FROM (VALUES ('re_review', date '1970-01-01', re_review IS NOT NULL),
    ('waiting', date '1970-01-01', governance = 'in_progress' AND follow_up_on IS NOT NULL),
    ('expiring', (accepted_until AT TIME ZONE 'UTC')::date, accepted_until IS NOT NULL)) AS c(chip, day, holds) WHERE c.holds
$$;

CREATE FUNCTION docket_count_chips() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE here smallint := pg_backend_pid() % 32;
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO queue_chip AS q SELECT environment_id, here, c.chip, c.day, count(*)
      FROM newt CROSS JOIN LATERAL docket_chips(re_review, governance_status, follow_up_on, accepted_until) c
      WHERE re_review IS NOT NULL OR follow_up_on IS NOT NULL OR accepted_until IS NOT NULL GROUP BY 1, 3, 4 ORDER BY 1, 3, 4
      ON CONFLICT (environment_id, slot, chip, day) DO UPDATE SET n = q.n + excluded.n;
  ELSE
    INSERT INTO queue_chip AS q SELECT environment_id, here, c.chip, c.day, sum(d)
      FROM (SELECT environment_id, re_review, governance_status, follow_up_on, accepted_until, 1 AS d FROM newt
          WHERE re_review IS NOT NULL OR follow_up_on IS NOT NULL OR accepted_until IS NOT NULL
        UNION ALL SELECT environment_id, re_review, governance_status, follow_up_on, accepted_until, -1 FROM oldt
          WHERE re_review IS NOT NULL OR follow_up_on IS NOT NULL OR accepted_until IS NOT NULL) x
      CROSS JOIN LATERAL docket_chips(re_review, governance_status, follow_up_on, accepted_until) c
      GROUP BY 1, 3, 4 HAVING sum(d) <> 0 ORDER BY 1, 3, 4
      ON CONFLICT (environment_id, slot, chip, day) DO UPDATE SET n = q.n + excluded.n;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER finding_count_chips_insert AFTER INSERT ON finding REFERENCING NEW TABLE AS newt FOR EACH STATEMENT EXECUTE FUNCTION docket_count_chips();
CREATE TRIGGER finding_count_chips_update AFTER UPDATE ON finding REFERENCING NEW TABLE AS newt OLD TABLE AS oldt
  FOR EACH STATEMENT EXECUTE FUNCTION docket_count_chips();

CREATE VIEW finding_chip AS
  SELECT f.id, f.environment_id, c.chip, c.day FROM finding f CROSS JOIN LATERAL docket_chips(f.re_review, f.governance_status, f.follow_up_on, f.accepted_until) c
  WHERE f.re_review IS NOT NULL OR f.follow_up_on IS NOT NULL OR f.accepted_until IS NOT NULL;

INSERT INTO queue_chip SELECT environment_id, 0, chip, day, count(*) FROM finding_chip GROUP BY 1, 3, 4;

CREATE VIEW invariant_chips AS
  SELECT * FROM (
    SELECT environment_id, chip, day, sum(n) AS n FROM (
      SELECT environment_id, chip, day, n FROM queue_chip UNION ALL SELECT environment_id, chip, day, -1 FROM finding_chip) x
    GROUP BY 1, 2, 3) y WHERE n <> 0;
