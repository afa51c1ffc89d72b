-- What an import pays once a row, again: see lib/decisions/018-what-an-import-costs.md.

-- A text that is cast to an enumeration at the end counts as changing with the session, so PostgreSQL called these functions once a row (3 µs each)
-- instead of writing them into the statement. With each answer typed they are written in.
CREATE OR REPLACE FUNCTION docket_scanner_status(added_on timestamptz, last_seen_on timestamptz, last_scanned timestamptz)
  RETURNS scanner_status LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN last_scanned IS NOT NULL AND added_on >= last_scanned THEN 'new'::scanner_status
    WHEN last_scanned IS NULL OR last_seen_on >= last_scanned THEN 'open'::scanner_status ELSE 'closed'::scanner_status END
$$;
CREATE OR REPLACE FUNCTION docket_response(governance governance_status) RETURNS response LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE governance WHEN 'open' THEN 'needs_review'::response WHEN 'reopened' THEN 'needs_review'::response
    WHEN 'in_progress' THEN 'investigating'::response WHEN 'accepted_risk' THEN 'accepted_risk'::response ELSE 'closed'::response END
$$;

-- Of staged rows the plans need to know how many there are and what the joins compare; of the wide texts nothing.
ALTER TABLE scan_stage
  ALTER rule_name SET STATISTICS 0, ALTER rule_help SET STATISTICS 0, ALTER title SET STATISTICS 0, ALTER location SET STATISTICS 0,
  ALTER category SET STATISTICS 0, ALTER component SET STATISTICS 0, ALTER cvss_vector SET STATISTICS 0, ALTER cwe SET STATISTICS 0,
  ALTER cve SET STATISTICS 0, ALTER description SET STATISTICS 0, ALTER observation SET STATISTICS 0, ALTER remediation SET STATISTICS 0,
  ALTER links SET STATISTICS 0, ALTER ghsa SET STATISTICS 0, ALTER package SET STATISTICS 0, ALTER context SET STATISTICS 0;

-- What arrives is assigned to nobody.
-- DropIndex
DROP INDEX "finding_environment_id_assignee_id_tab_idx";
CREATE INDEX finding_assignee_partial ON finding (environment_id, assignee_id, tab) WHERE assignee_id IS NOT NULL;

-- The rows of a preview and the scopes of a scan refer to what never goes away: asked once a statement, like the findings themselves.
ALTER TABLE scan_row DROP CONSTRAINT scan_row_environment_id_scan_id_attempt_fkey, DROP CONSTRAINT scan_row_environment_id_finding_id_fkey;
ALTER TABLE scan_scope DROP CONSTRAINT scan_scope_environment_id_scan_id_fkey, DROP CONSTRAINT scan_scope_environment_id_scope_id_fkey;

CREATE OR REPLACE FUNCTION docket_check_finding() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  SET plan_cache_mode = force_custom_plan AS $$
BEGIN
  IF EXISTS (SELECT FROM newt n WHERE n.finding_id IS NOT NULL
      AND NOT EXISTS (SELECT FROM finding f WHERE f.id = n.finding_id AND f.environment_id = n.environment_id)) THEN
    RAISE EXCEPTION '% violates foreign key: there is no such finding in its environment', TG_TABLE_NAME USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION docket_check_scan() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM (SELECT DISTINCT environment_id, scan_id FROM newt) n
      WHERE NOT EXISTS (SELECT FROM scan s WHERE s.id = n.scan_id AND s.environment_id = n.environment_id)) THEN
    RAISE EXCEPTION '% violates foreign key: there is no such scan in its environment', TG_TABLE_NAME USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION docket_check_preview() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM (SELECT DISTINCT environment_id, scan_id, attempt FROM newt) n WHERE NOT EXISTS (
      SELECT FROM scan_preview p WHERE p.scan_id = n.scan_id AND p.attempt = n.attempt AND p.environment_id = n.environment_id)) THEN
    RAISE EXCEPTION 'scan_row violates foreign key: there is no such preview in its environment' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION docket_check_scope() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  SET plan_cache_mode = force_custom_plan AS $$
BEGIN
  IF EXISTS (SELECT FROM newt n WHERE NOT EXISTS (SELECT FROM scope s WHERE s.id = n.scope_id AND s.environment_id = n.environment_id)) THEN
    RAISE EXCEPTION '% violates foreign key: there is no such scope in its environment', TG_TABLE_NAME USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER scan_row_preview AFTER INSERT ON scan_row REFERENCING NEW TABLE AS newt FOR EACH STATEMENT EXECUTE FUNCTION docket_check_preview();
CREATE TRIGGER scan_row_finding AFTER INSERT ON scan_row REFERENCING NEW TABLE AS newt FOR EACH STATEMENT EXECUTE FUNCTION docket_check_finding();
CREATE TRIGGER scan_scope_scan AFTER INSERT ON scan_scope REFERENCING NEW TABLE AS newt FOR EACH STATEMENT EXECUTE FUNCTION docket_check_scan();
CREATE TRIGGER scan_scope_scope AFTER INSERT ON scan_scope REFERENCING NEW TABLE AS newt FOR EACH STATEMENT EXECUTE FUNCTION docket_check_scope();
CREATE TRIGGER scan_scope_same BEFORE UPDATE OF environment_id, scan_id, scope_id ON scan_scope FOR EACH ROW
  WHEN ((OLD.environment_id, OLD.scan_id, OLD.scope_id) IS DISTINCT FROM (NEW.environment_id, NEW.scan_id, NEW.scope_id)) EXECUTE FUNCTION docket_kept_identity();

-- The health checks that say the same as the keys did.
CREATE OR REPLACE VIEW invariant_belongings AS
  (SELECT 'detail' AS of, environment_id, finding_id AS id FROM finding_detail EXCEPT SELECT 'detail', environment_id, id FROM finding)
  UNION ALL (SELECT 'change', environment_id, finding_id FROM scan_change EXCEPT SELECT 'change', environment_id, id FROM finding)
  UNION ALL (SELECT 'scan', environment_id, scan_id FROM scan_change EXCEPT SELECT 'scan', environment_id, id FROM scan)
  UNION ALL (SELECT 'row', environment_id, finding_id FROM scan_row WHERE finding_id IS NOT NULL EXCEPT SELECT 'row', environment_id, id FROM finding)
  UNION ALL (SELECT 'preview', environment_id, scan_id FROM (SELECT environment_id, scan_id, attempt FROM scan_row
    EXCEPT SELECT environment_id, scan_id, attempt FROM scan_preview) r)
  UNION ALL (SELECT 'scope of a scan', environment_id, scope_id FROM scan_scope EXCEPT SELECT 'scope of a scan', environment_id, id FROM scope)
  UNION ALL (SELECT 'scan of a scope', environment_id, scan_id FROM scan_scope EXCEPT SELECT 'scan of a scope', environment_id, id FROM scan);
