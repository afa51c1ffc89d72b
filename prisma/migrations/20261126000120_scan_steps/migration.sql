-- How often a report is read in all, which step of working it out is on, how often its runner broke off since it was shown last, and what helps against its fault.
CREATE TYPE scan_step AS ENUM ('opening', 'comparing', 'telling', 'writing');
ALTER TABLE scan ADD COLUMN passes smallint NOT NULL DEFAULT 1, ADD COLUMN step scan_step, ADD COLUMN tries smallint NOT NULL DEFAULT 0, ADD COLUMN error_next text;

-- Where in the report a result stands.
ALTER TABLE scan_stage ADD COLUMN place text;

-- That the brake would have held a preview is in its brakes; whether it did is here. Beside the counts: results without an asset, new assets, changed severities.
ALTER TABLE scan_preview ADD COLUMN held boolean NOT NULL DEFAULT false, ADD COLUMN facts jsonb NOT NULL DEFAULT '{}';
ALTER TABLE scan_preview DISABLE TRIGGER scan_preview_immutable;
UPDATE scan_preview p SET held = true WHERE brakes <> '[]' AND EXISTS (
  SELECT FROM audit_event e JOIN audit_body b USING (sequence)
  WHERE e.record_type = 'scan' AND (CASE WHEN e.record_type = 'scan' THEN e.record_number END) = p.scan_id AND e.action = 'scan.held' AND b.after->>'digest' = p.digest);
ALTER TABLE scan_preview ENABLE TRIGGER scan_preview_immutable;
