-- What a preview looked at: its detectors, and the assets on which most would change, with what is detected before and afterwards.
-- The scopes of a scan that was only shown are taken back with everything else.
ALTER TABLE "scan_preview" ADD COLUMN "looks" JSONB NOT NULL DEFAULT '{}';
