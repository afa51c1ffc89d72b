-- What the database itself holds to, whoever speaks to it.

INSERT INTO instance (id) VALUES (1);

ALTER TABLE instance ADD CONSTRAINT instance_one_row CHECK (id = 1),
  ADD CONSTRAINT instance_clock_is_true CHECK (clock_offset_ms = 0 OR mark IN ('demo', 'test'));
-- Room on each page, so that a sighting (new to open) touches no index.
ALTER TABLE finding SET (fillfactor = 70);

ALTER TABLE person ADD CONSTRAINT person_email_lower CHECK (email = lower(email));
ALTER TABLE finding
  ADD CONSTRAINT finding_acceptance_has_expiry CHECK ((governance_status = 'accepted_risk') = (accepted_until IS NOT NULL)),
  ADD CONSTRAINT finding_acceptance_has_record CHECK ((governance_status = 'accepted_risk') = (acceptance_id IS NOT NULL)),
  ADD CONSTRAINT finding_accepted_bands CHECK (accepted_bands BETWEEN 0 AND 4),
  ADD CONSTRAINT finding_calibration_has_time CHECK ((team_severity IS NULL) = (calibrated_at IS NULL)),
  ADD CONSTRAINT finding_not_its_own_duplicate CHECK (duplicate_of IS DISTINCT FROM number),
  ADD CONSTRAINT finding_closed_was_seen CHECK (scanner_status <> 'closed' OR last_seen_on IS NOT NULL),
  ADD CONSTRAINT finding_fingerprint_size CHECK (octet_length(fingerprint) = 32);
ALTER TABLE acceptance ADD CONSTRAINT acceptance_expires_later CHECK (expires_at > created_at);
ALTER TABLE audit_event ADD CONSTRAINT audit_event_hop CHECK ((from_status IS NULL) = (to_status IS NULL)),
  ADD CONSTRAINT audit_event_version_of_finding CHECK (version IS NULL OR finding_id IS NOT NULL),
  ADD CONSTRAINT audit_event_finding_in_environment CHECK (finding_id IS NULL OR environment_id IS NOT NULL);

-- Append-only records.
CREATE FUNCTION docket_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, lower(TG_OP) USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER audit_event_immutable BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION docket_refuse();
CREATE TRIGGER audit_event_kept BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION docket_refuse();
CREATE TRIGGER audit_body_immutable BEFORE UPDATE OR DELETE ON audit_body FOR EACH ROW EXECUTE FUNCTION docket_refuse();
CREATE TRIGGER audit_body_kept BEFORE TRUNCATE ON audit_body FOR EACH STATEMENT EXECUTE FUNCTION docket_refuse();
CREATE TRIGGER scan_change_immutable BEFORE UPDATE OR DELETE ON scan_change FOR EACH ROW EXECUTE FUNCTION docket_refuse();
CREATE TRIGGER scan_change_kept BEFORE TRUNCATE ON scan_change FOR EACH STATEMENT EXECUTE FUNCTION docket_refuse();
CREATE TRIGGER evidence_immutable BEFORE UPDATE OR DELETE ON evidence FOR EACH ROW EXECUTE FUNCTION docket_refuse();
CREATE TRIGGER evidence_kept BEFORE TRUNCATE ON evidence FOR EACH STATEMENT EXECUTE FUNCTION docket_refuse();
CREATE TRIGGER acceptance_kept BEFORE DELETE ON acceptance FOR EACH ROW EXECUTE FUNCTION docket_refuse();
CREATE TRIGGER acceptance_kept_whole BEFORE TRUNCATE ON acceptance FOR EACH STATEMENT EXECUTE FUNCTION docket_refuse();
CREATE TRIGGER finding_kept BEFORE DELETE ON finding FOR EACH ROW EXECUTE FUNCTION docket_refuse();
CREATE TRIGGER finding_kept_whole BEFORE TRUNCATE ON finding FOR EACH STATEMENT EXECUTE FUNCTION docket_refuse();

-- Of an acceptance only the warning may be written later.
CREATE FUNCTION docket_acceptance_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - 'warned_at' IS DISTINCT FROM to_jsonb(OLD) - 'warned_at' THEN
    RAISE EXCEPTION 'acceptance is append-only: update refused' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER acceptance_immutable BEFORE UPDATE ON acceptance FOR EACH ROW EXECUTE FUNCTION docket_acceptance_fixed();

-- The body of an event is the one its head was sealed with.
CREATE FUNCTION docket_check_bodies() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM newt b JOIN audit_event e ON e.sequence = b.sequence WHERE e.body_hash <> b.hash) THEN
    RAISE EXCEPTION 'the body of an event differs from the hash in its head' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER audit_body_sealed AFTER INSERT ON audit_body REFERENCING NEW TABLE AS newt
  FOR EACH STATEMENT EXECUTE FUNCTION docket_check_bodies();

-- Exact counts, one statement-level trigger for each kind of change.
CREATE FUNCTION docket_count() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO queue_count AS q SELECT environment_id, pg_backend_pid() % 32, response, scanner_status <> 'closed', assignee_id IS NOT NULL, count(*)
      FROM newt GROUP BY 1, 3, 4, 5 ORDER BY 1, 3, 4, 5
      ON CONFLICT (environment_id, slot, response, detected, assigned) DO UPDATE SET n = q.n + excluded.n;
  ELSE
    INSERT INTO queue_count AS q SELECT environment_id, pg_backend_pid() % 32, response, scanner_status <> 'closed', assignee_id IS NOT NULL, sum(d)
      FROM (SELECT environment_id, response, scanner_status, assignee_id, 1 AS d FROM newt
        UNION ALL SELECT environment_id, response, scanner_status, assignee_id, -1 FROM oldt) x
      GROUP BY 1, 3, 4, 5 HAVING sum(d) <> 0 ORDER BY 1, 3, 4, 5
      ON CONFLICT (environment_id, slot, response, detected, assigned) DO UPDATE SET n = q.n + excluded.n;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER finding_count_insert AFTER INSERT ON finding REFERENCING NEW TABLE AS newt FOR EACH STATEMENT EXECUTE FUNCTION docket_count();
CREATE TRIGGER finding_count_update AFTER UPDATE ON finding REFERENCING NEW TABLE AS newt OLD TABLE AS oldt
  FOR EACH STATEMENT EXECUTE FUNCTION docket_count();

-- A finding starts undecided.
CREATE FUNCTION docket_check_arrivals() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM newt WHERE governance_status <> 'open' OR close_reason IS NOT NULL OR team_severity IS NOT NULL
      OR assignee_id IS NOT NULL OR version <> 0 OR tags <> '{}') THEN
    RAISE EXCEPTION 'a finding arrives undecided: decide it by an event of its own' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER finding_arrives_undecided AFTER INSERT ON finding REFERENCING NEW TABLE AS newt
  FOR EACH STATEMENT EXECUTE FUNCTION docket_check_arrivals();

-- No change of what people own without its events in the same transaction: one for each version, the hops joining old and new status.
CREATE FUNCTION docket_check_decisions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE lost text;
BEGIN
  SELECT format('F-%s of environment %s', n.number, n.environment_id) INTO lost
  FROM newt n JOIN oldt o ON o.id = n.id
  CROSS JOIN LATERAL (
    SELECT count(*) AS events,
      (array_agg(e.from_status ORDER BY e.version) FILTER (WHERE e.to_status IS NOT NULL))[1] AS first_from,
      (array_agg(e.to_status ORDER BY e.version DESC) FILTER (WHERE e.to_status IS NOT NULL))[1] AS last_to,
      array_agg(DISTINCT f.field) AS fields
    FROM audit_event e LEFT JOIN LATERAL unnest(e.fields) AS f(field) ON true
    WHERE e.finding_id = n.id AND e.version > o.version AND e.version <= n.version
      AND e.transaction_id = pg_current_xact_id()::text::bigint
  ) l
  CROSS JOIN LATERAL (
    SELECT count(*) AS heads FROM audit_event e WHERE e.finding_id = n.id AND e.version > o.version AND e.version <= n.version
      AND e.transaction_id = pg_current_xact_id()::text::bigint
  ) h
  WHERE (n.governance_status, n.close_reason, n.acceptance_id, n.accepted_until, n.duplicate_of, n.follow_up_on, n.re_review, n.verification,
         n.team_severity, n.assignee_id, n.tags, n.version)
    IS DISTINCT FROM (o.governance_status, o.close_reason, o.acceptance_id, o.accepted_until, o.duplicate_of, o.follow_up_on, o.re_review,
         o.verification, o.team_severity, o.assignee_id, o.tags, o.version)
    AND (n.version <= o.version OR h.heads <> n.version - o.version
      OR (n.governance_status <> o.governance_status
          AND (l.first_from IS DISTINCT FROM o.governance_status OR l.last_to IS DISTINCT FROM n.governance_status))
      OR (n.team_severity IS DISTINCT FROM o.team_severity AND NOT coalesce('severity' = ANY (l.fields), false))
      OR (n.assignee_id IS DISTINCT FROM o.assignee_id AND NOT coalesce('assignee' = ANY (l.fields), false))
      OR (n.acceptance_id IS DISTINCT FROM o.acceptance_id AND NOT coalesce('acceptance' = ANY (l.fields), false))
      OR (n.tags IS DISTINCT FROM o.tags AND NOT coalesce('tags' = ANY (l.fields), false)))
  LIMIT 1;
  IF lost IS NOT NULL THEN
    RAISE EXCEPTION '% was changed without its entry in the log', lost USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER finding_decision_is_logged AFTER UPDATE ON finding REFERENCING NEW TABLE AS newt OLD TABLE AS oldt
  FOR EACH STATEMENT EXECUTE FUNCTION docket_check_decisions();

-- Views.
CREATE VIEW finding_detection AS
  SELECT f.id, f.environment_id, f.number, f.added_on, coalesce(f.last_seen_on, s.last_scanned) AS last_seen_on,
    greatest(f.last_scanned, s.last_scanned) AS last_scanned, f.scanner_status
  FROM finding f JOIN scope s ON s.id = f.scope_id;

CREATE VIEW finding_governance_log AS
  SELECT e.finding_id, e.from_status, e.to_status, e.person_id AS actor_user_id, b.note, e.at AS created_at
  FROM audit_event e JOIN audit_body b USING (sequence) WHERE e.to_status IS NOT NULL;

CREATE VIEW invariant_counts AS
  SELECT * FROM (
    SELECT environment_id, response, detected, assigned, sum(n) AS n FROM (
      SELECT environment_id, response, detected, assigned, n FROM queue_count
      UNION ALL SELECT environment_id, response, scanner_status <> 'closed', assignee_id IS NOT NULL, -1 FROM finding) x
    GROUP BY 1, 2, 3, 4) y WHERE n <> 0;

CREATE VIEW invariant_detection AS
  SELECT d.* FROM finding_detection d WHERE d.scanner_status <> docket_scanner_status(d.added_on, d.last_seen_on, d.last_scanned);

CREATE VIEW invariant_versions AS
  SELECT f.id, f.version, count(e.version) AS events, max(e.version) AS newest
  FROM finding f LEFT JOIN audit_event e ON e.finding_id = f.id AND e.version IS NOT NULL
  GROUP BY f.id, f.version HAVING f.version <> count(e.version) OR f.version <> coalesce(max(e.version), 0);

CREATE VIEW invariant_status_chain AS
  SELECT * FROM (
    SELECT finding_id, sequence, from_status, to_status,
      coalesce(lag(to_status) OVER (PARTITION BY finding_id ORDER BY version), 'open') AS before
    FROM audit_event WHERE to_status IS NOT NULL) x WHERE before <> from_status;

CREATE VIEW invariant_last_status AS
  SELECT f.id, f.governance_status, e.to_status FROM finding f
  LEFT JOIN LATERAL (SELECT to_status FROM audit_event e WHERE e.finding_id = f.id AND e.to_status IS NOT NULL ORDER BY e.version DESC LIMIT 1) e ON true
  WHERE f.governance_status <> coalesce(e.to_status, 'open');

CREATE VIEW invariant_bodies AS
  SELECT e.sequence FROM audit_event e LEFT JOIN audit_body b USING (sequence) WHERE b.sequence IS NULL OR b.hash <> e.body_hash;

CREATE VIEW invariant_acceptances AS
  SELECT f.id, f.accepted_until, a.expires_at FROM finding f LEFT JOIN acceptance a ON a.id = f.acceptance_id AND a.finding_id = f.id
  WHERE f.governance_status = 'accepted_risk' AND a.expires_at IS DISTINCT FROM f.accepted_until;

CREATE VIEW invariant_scans AS
  SELECT id, observed FROM scan WHERE status = 'completed'
    AND observed <> "new" + persisting + refound + suppressed + duplicates_in_report + rejected;

CREATE VIEW invariant_scan_seals AS
  SELECT s.id FROM scan s WHERE s.status = 'completed'
    AND NOT EXISTS (SELECT FROM audit_event e WHERE e.scan_id = s.id AND e.action = 'scan.completed');

-- The importer's role: scanner-owned columns, and nothing that people own. Who owns this database must be able to become it: a
-- superuser can, everybody else is made a member. Since PostgreSQL 16 who creates a role may grant it and yet not become it.
DO $$
DECLARE
  becomes text := CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'docket_scanner') THEN
    BEGIN
      CREATE ROLE docket_scanner NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
  END IF;
  IF NOT pg_has_role(current_user, 'docket_scanner', becomes) THEN
    BEGIN
      EXECUTE format('GRANT docket_scanner TO %I', current_user);
    EXCEPTION WHEN unique_violation THEN NULL;
    END;
  END IF;
EXCEPTION WHEN insufficient_privilege OR invalid_grant_operation THEN
  RAISE insufficient_privilege USING MESSAGE = format(
    'imports run as the role docket_scanner, which %I can neither make nor become; a superuser runs once: CREATE ROLE docket_scanner NOLOGIN; GRANT docket_scanner TO %I;',
    current_user, current_user);
END $$;

GRANT USAGE ON SCHEMA public TO docket_scanner;
GRANT SELECT ON environment, asset, detector, scope, rule, scan, scan_part, scan_scope, scan_change, scan_stage, finding, finding_detail, instance
  TO docket_scanner;
GRANT INSERT ON asset, detector, scope, rule, scan_part, scan_scope, scan_change, finding_detail TO docket_scanner;
GRANT UPDATE ON scope, finding_detail, scan_part, scan_scope TO docket_scanner;
GRANT UPDATE (name, help) ON rule TO docket_scanner;
GRANT UPDATE (next_finding) ON environment TO docket_scanner;
GRANT INSERT (environment_id, number, scope_id, asset_id, detector_id, rule_id, fingerprint, fingerprint_version, title, location, category,
  component, port, technical, cvss_version, cvss_vector, cvss_score, cwe, cve, kev, epss, legacy_code, suppressed, added_on, last_seen_on,
  last_scanned, scanner_status, sla_started_at, acknowledge_by, resolve_by) ON finding TO docket_scanner;
GRANT UPDATE (rule_id, title, location, category, component, port, technical, cvss_version, cvss_vector, cvss_score, cwe, cve, suppressed,
  last_seen_on, last_scanned, scanner_status) ON finding TO docket_scanner;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO docket_scanner;
