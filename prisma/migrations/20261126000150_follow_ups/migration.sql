-- The date of a follow-up or a review for which the finding was flagged. It is the clock's own: no decision looks at it, none takes it back.

-- AlterTable
ALTER TABLE "finding" ADD COLUMN     "follow_up_told" TIMESTAMPTZ(6);

-- Holds only what waits for its day, or for the clock: mitigations, and what waits on a vendor.
CREATE INDEX finding_follow_up_due_partial ON finding (environment_id, follow_up_on, id)
  WHERE follow_up_on IS NOT NULL AND follow_up_told IS DISTINCT FROM follow_up_on
    AND (governance_status = 'resolved' AND close_reason = 'mitigated' OR governance_status = 'in_progress' AND close_reason = 'vendor_notified');
