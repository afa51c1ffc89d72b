-- What became of the statements of a document: how many met findings, how many findings they met, and the first of those that met none.
-- AlterTable
ALTER TABLE "scan" ADD COLUMN     "findings_stated" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "statements_matched" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "statements_unmatched" JSONB NOT NULL DEFAULT '[]';

-- CreateIndex
CREATE INDEX "suggestion_scan_id_id_idx" ON "suggestion"("scan_id", "id");

-- Statements ask for findings by their GitHub advisory; most findings have none.
CREATE INDEX finding_ghsa_partial ON finding USING GIN (ghsa) WHERE ghsa <> '{}';

-- What people did with suggestions, with the fields that an older system's export had.
CREATE VIEW ai_review_apply_logs AS
  SELECT (b.after->>'suggestion')::int AS ai_review_id, e.person_id AS actor_user_id,
    CASE WHEN b.after->>'many' = 'true' THEN 'bulk_' ELSE '' END || CASE e.action WHEN 'suggestion.applied' THEN 'apply' ELSE 'ignore' END AS action,
    b.after AS payload_json, e.at AS created_at
  FROM audit_event e JOIN audit_body b USING (sequence) WHERE e.action IN ('suggestion.applied', 'suggestion.ignored');
