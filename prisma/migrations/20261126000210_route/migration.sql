-- How the work on a finding is handed over: a person's decision on it, logged and taken back like every other; the importer's role has no right to it.

-- AlterTable
ALTER TABLE "finding" ADD COLUMN     "route" TEXT;

ALTER TABLE finding ADD CONSTRAINT finding_route_known CHECK (route IN ('ticket', 'sprint_batch', 'quarterly_batch', 'record_only', 'paused'));
CREATE INDEX finding_route_partial ON finding (environment_id, route, id) WHERE route IS NOT NULL;

CREATE OR REPLACE FUNCTION docket_check_arrivals() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM newt WHERE governance_status <> 'open' OR close_reason IS NOT NULL OR team_severity IS NOT NULL
      OR assignee_id IS NOT NULL OR acceptance_id IS NOT NULL OR duplicate_of IS NOT NULL OR version <> 0 OR tags <> '{}'
      OR module_state IS NOT NULL OR route IS NOT NULL) THEN
    RAISE EXCEPTION 'a finding arrives undecided: decide it by an event of its own' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

-- The law on decisions, with one column more.
CREATE OR REPLACE FUNCTION docket_check_decisions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE lost text;
BEGIN
  SELECT format('F-%s of environment %s', n.number, n.environment_id) INTO lost
  FROM newt n JOIN oldt o ON o.id = n.id
  CROSS JOIN LATERAL (
    SELECT count(*) AS heads,
      (array_agg(e.from_status ORDER BY e.version) FILTER (WHERE e.to_status IS NOT NULL))[1] AS first_from,
      (array_agg(e.to_status ORDER BY e.version DESC) FILTER (WHERE e.to_status IS NOT NULL))[1] AS last_to,
      coalesce(bool_or('severity' = ANY (e.fields)), false) AS severity, coalesce(bool_or('assignee' = ANY (e.fields)), false) AS assignee,
      coalesce(bool_or('acceptance' = ANY (e.fields)), false) AS acceptance, coalesce(bool_or('tags' = ANY (e.fields)), false) AS tags,
      coalesce(bool_or('state' = ANY (e.fields)), false) AS state, coalesce(bool_or('route' = ANY (e.fields)), false) AS route
    FROM audit_event e
    WHERE e.finding_id = n.id AND e.version > o.version AND e.version <= n.version AND e.transaction_id = pg_current_xact_id()::text::bigint
  ) l
  WHERE (n.governance_status, n.close_reason, n.acceptance_id, n.accepted_until, n.duplicate_of, n.follow_up_on, n.re_review, n.verification,
         n.team_severity, n.assignee_id, n.tags, n.module_state, n.route, n.version)
    IS DISTINCT FROM (o.governance_status, o.close_reason, o.acceptance_id, o.accepted_until, o.duplicate_of, o.follow_up_on, o.re_review,
         o.verification, o.team_severity, o.assignee_id, o.tags, o.module_state, o.route, o.version)
    AND (n.version <= o.version OR l.heads <> n.version - o.version
      OR (n.governance_status <> o.governance_status
          AND (l.first_from IS DISTINCT FROM o.governance_status OR l.last_to IS DISTINCT FROM n.governance_status))
      OR (n.team_severity IS DISTINCT FROM o.team_severity AND NOT l.severity)
      OR (n.assignee_id IS DISTINCT FROM o.assignee_id AND NOT l.assignee)
      OR (n.acceptance_id IS DISTINCT FROM o.acceptance_id AND NOT l.acceptance)
      OR (n.tags IS DISTINCT FROM o.tags AND NOT l.tags)
      OR (n.module_state IS DISTINCT FROM o.module_state AND NOT l.state)
      OR (n.route IS DISTINCT FROM o.route AND NOT l.route))
  LIMIT 1;
  IF lost IS NOT NULL THEN
    RAISE EXCEPTION '% was changed without its entry in the log', lost USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

-- As before: see the migration of the runs.
ALTER FUNCTION docket_check_decisions() SET enable_nestloop = off;
ALTER FUNCTION docket_check_decisions() SET enable_seqscan = off;
