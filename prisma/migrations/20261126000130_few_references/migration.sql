-- A finding arrives assigned to nobody, accepted by nobody and as nobody's duplicate, yet each of the three keys was asked once for every row that
-- arrived: a tenth of a first load. They are asked now when a finding comes to refer to something. See lib/decisions/018-what-an-import-costs.md.
ALTER TABLE finding DROP CONSTRAINT finding_environment_id_assignee_id_fkey, DROP CONSTRAINT finding_environment_id_acceptance_id_fkey,
  DROP CONSTRAINT finding_environment_id_duplicate_of_fkey;

CREATE OR REPLACE FUNCTION docket_check_arrivals() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM newt WHERE governance_status <> 'open' OR close_reason IS NOT NULL OR team_severity IS NOT NULL
      OR assignee_id IS NOT NULL OR acceptance_id IS NOT NULL OR duplicate_of IS NOT NULL OR version <> 0 OR tags <> '{}' OR module_state IS NOT NULL) THEN
    RAISE EXCEPTION 'a finding arrives undecided: decide it by an event of its own' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

-- As the keys did, each holds what it finds until the transaction ends.
CREATE FUNCTION docket_check_references() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.assignee_id IS DISTINCT FROM OLD.assignee_id AND NEW.assignee_id IS NOT NULL THEN
    PERFORM FROM membership WHERE environment_id = NEW.environment_id AND person_id = NEW.assignee_id FOR KEY SHARE;
    IF NOT FOUND THEN RAISE EXCEPTION 'a finding violates foreign key: its assignee is no member of this environment' USING ERRCODE = 'foreign_key_violation'; END IF;
  END IF;
  IF NEW.acceptance_id IS DISTINCT FROM OLD.acceptance_id AND NEW.acceptance_id IS NOT NULL THEN
    PERFORM FROM acceptance WHERE id = NEW.acceptance_id AND environment_id = NEW.environment_id FOR KEY SHARE;
    IF NOT FOUND THEN RAISE EXCEPTION 'a finding violates foreign key: its acceptance is none of this environment' USING ERRCODE = 'foreign_key_violation'; END IF;
  END IF;
  IF NEW.duplicate_of IS DISTINCT FROM OLD.duplicate_of AND NEW.duplicate_of IS NOT NULL THEN
    PERFORM FROM finding WHERE environment_id = NEW.environment_id AND number = NEW.duplicate_of FOR KEY SHARE;
    IF NOT FOUND THEN RAISE EXCEPTION 'a finding violates foreign key: what it is a duplicate of is none of this environment' USING ERRCODE = 'foreign_key_violation'; END IF;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER finding_references AFTER UPDATE OF assignee_id, acceptance_id, duplicate_of ON finding FOR EACH ROW
  WHEN ((OLD.assignee_id, OLD.acceptance_id, OLD.duplicate_of) IS DISTINCT FROM (NEW.assignee_id, NEW.acceptance_id, NEW.duplicate_of)
    AND (NEW.assignee_id IS NOT NULL OR NEW.acceptance_id IS NOT NULL OR NEW.duplicate_of IS NOT NULL))
  EXECUTE FUNCTION docket_check_references();

-- What is referred to stays: acceptances and findings are kept anyhow, a finding keeps its number, and a member stays while findings are assigned.
DROP TRIGGER finding_same ON finding;
CREATE TRIGGER finding_same BEFORE UPDATE OF id, environment_id, number, scope_id, asset_id, detector_id ON finding FOR EACH ROW
  WHEN ((OLD.id, OLD.environment_id, OLD.number, OLD.scope_id, OLD.asset_id, OLD.detector_id)
    IS DISTINCT FROM (NEW.id, NEW.environment_id, NEW.number, NEW.scope_id, NEW.asset_id, NEW.detector_id)) EXECUTE FUNCTION docket_kept_identity();
CREATE FUNCTION docket_keep_assignees() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM finding WHERE environment_id = OLD.environment_id AND assignee_id = OLD.person_id) THEN
    RAISE EXCEPTION 'membership keeps its identity: findings are assigned to it' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER membership_kept AFTER DELETE ON membership FOR EACH ROW EXECUTE FUNCTION docket_keep_assignees();
CREATE TRIGGER membership_same AFTER UPDATE OF environment_id, person_id ON membership FOR EACH ROW
  WHEN ((OLD.environment_id, OLD.person_id) IS DISTINCT FROM (NEW.environment_id, NEW.person_id)) EXECUTE FUNCTION docket_keep_assignees();

CREATE VIEW invariant_references AS
  (SELECT 'assignee' AS of, environment_id, assignee_id AS id FROM finding WHERE assignee_id IS NOT NULL EXCEPT SELECT 'assignee', environment_id, person_id FROM membership)
  UNION ALL (SELECT 'acceptance', environment_id, acceptance_id FROM finding WHERE acceptance_id IS NOT NULL EXCEPT SELECT 'acceptance', environment_id, id FROM acceptance)
  UNION ALL (SELECT 'duplicate', environment_id, duplicate_of FROM finding WHERE duplicate_of IS NOT NULL EXCEPT SELECT 'duplicate', environment_id, number FROM finding);
