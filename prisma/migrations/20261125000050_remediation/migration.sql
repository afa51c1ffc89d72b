-- What proves a fix, and what asks for another look at a closed ticket.

-- AlterTable
ALTER TABLE "ticket_finding" ADD COLUMN     "moved_at" TIMESTAMPTZ(6) NOT NULL DEFAULT docket_now();

-- AlterTable
ALTER TABLE "ticket" ADD COLUMN     "proposed_for" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- Findings that wait for a proof, or have one that nobody has recorded yet: few, and asked for by every scan.
CREATE INDEX finding_proof_partial ON finding (id) WHERE verification IN ('pending', 'verified') AND governance_status IN ('open', 'in_progress', 'reopened');

-- A retest that is settled stays so, and a file that proves something stays as it came.
CREATE FUNCTION docket_retest_settled_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'requested' OR (NEW.id, NEW.environment_id, NEW.finding_id, NEW.requested_by, NEW.created_at) IS DISTINCT FROM (OLD.id, OLD.environment_id, OLD.finding_id, OLD.requested_by, OLD.created_at) THEN
    RAISE EXCEPTION 'retest % is settled: ask for another one', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER retest_settled_once BEFORE UPDATE ON retest FOR EACH ROW EXECUTE FUNCTION docket_retest_settled_once();
CREATE TRIGGER retest_kept BEFORE DELETE ON retest FOR EACH STATEMENT EXECUTE FUNCTION docket_refuse_deletion();

CREATE FUNCTION docket_file_as_it_came() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.evidence_id IS NULL THEN RETURN OLD; END IF;
  ELSIF OLD.evidence_id IS NULL AND to_jsonb(NEW) - '{content,evidence_id}'::text[] = to_jsonb(OLD) - '{content,evidence_id}'::text[] AND NEW.content = OLD.content THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'file % proves something: it stays as it came', OLD.id USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER evidence_file_as_it_came BEFORE UPDATE OR DELETE ON evidence_file FOR EACH ROW EXECUTE FUNCTION docket_file_as_it_came();
CREATE INDEX evidence_file_unattached_partial ON evidence_file (created_at) WHERE evidence_id IS NULL;

-- A proof is awaited only while the finding is being worked on.
CREATE VIEW invariant_claims AS
  SELECT id, number, governance_status, verification FROM finding WHERE verification = 'pending' AND governance_status <> 'in_progress';

-- Only a fix waits for its retest, and only failures count as attempts.
CREATE VIEW invariant_remediation AS
  SELECT ticket_id, finding_id, remediation, attempts, retest_at FROM ticket_finding
  WHERE (retest_at IS NOT NULL AND remediation <> 'resolved') OR attempts < 0 OR (escalated_at IS NOT NULL AND attempts = 0);
