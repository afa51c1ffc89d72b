-- Whether the sender said how far the scan reached, and what it counted as: a format that cannot prove its end closes
-- nothing unless somebody says that the report is whole.
ALTER TABLE "scan" ADD COLUMN "counted_partial" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "extent_said" BOOLEAN NOT NULL DEFAULT true;

-- The checks that ran, where the report says so completely: what is not among them is no longer run, and not gone.
ALTER TABLE "scan_part" ADD COLUMN "rules" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN "rules_said" BOOLEAN NOT NULL DEFAULT false;

-- The scopes that a preview looked at: another scan applied to one of them since is a world that moved.
ALTER TABLE "scan_preview" ADD COLUMN "scopes" INTEGER[] DEFAULT ARRAY[]::INTEGER[];
