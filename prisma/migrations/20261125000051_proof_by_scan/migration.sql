-- A scan asks which of its findings wait for a proof: it reads that under its own role, and changes none of it.
GRANT SELECT ON ticket_finding, retest, evidence TO docket_scanner;

-- When a fix last moved is the database's to say.
CREATE FUNCTION docket_fix_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.moved_at := docket_now();
  RETURN NEW;
END $$;
CREATE TRIGGER ticket_finding_moved BEFORE UPDATE ON ticket_finding FOR EACH ROW WHEN (NEW.remediation <> OLD.remediation) EXECUTE FUNCTION docket_fix_moved();
