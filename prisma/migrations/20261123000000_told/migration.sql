-- What a scanner told of a finding, as one digest of everything that an import would renew: a rescan compares it instead of the columns and
-- texts themselves. It says nothing but "the same as last time". Where there is none, or another, the row is written anew, so whoever
-- adds columns, or changes how it is made, costs one rewrite and no more. See lib/decisions/018-what-an-import-costs.md.
-- AlterTable
ALTER TABLE "finding" ADD COLUMN "told" BYTEA;
-- AlterTable
ALTER TABLE "scan_stage" ADD COLUMN "told" BYTEA;

GRANT INSERT (told), UPDATE (told) ON finding TO docket_scanner;

-- What was changed without being told anew is not what was told last: the next look renews it.
CREATE FUNCTION docket_forget_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.told := NULL;
  RETURN NEW;
END $$;
CREATE TRIGGER finding_told BEFORE UPDATE OF rule_id, title, location, category, component, port, technical, cvss_version, cvss_vector, cvss_score, cwe, cve,
    suppressed, ghsa, package, context, cvss_computed ON finding FOR EACH ROW
  WHEN (NEW.told IS NOT NULL AND NEW.told IS NOT DISTINCT FROM OLD.told AND
    (OLD.rule_id, OLD.title, OLD.location, OLD.category, OLD.component, OLD.port, OLD.technical, OLD.cvss_version, OLD.cvss_vector, OLD.cvss_score, OLD.cwe, OLD.cve,
      OLD.suppressed, OLD.ghsa, OLD.package, OLD.context, OLD.cvss_computed)
    IS DISTINCT FROM
    (NEW.rule_id, NEW.title, NEW.location, NEW.category, NEW.component, NEW.port, NEW.technical, NEW.cvss_version, NEW.cvss_vector, NEW.cvss_score, NEW.cwe, NEW.cve,
      NEW.suppressed, NEW.ghsa, NEW.package, NEW.context, NEW.cvss_computed))
  EXECUTE FUNCTION docket_forget_told();
