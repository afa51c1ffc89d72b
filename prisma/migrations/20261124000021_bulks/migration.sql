-- Bulk actions in the background: what was asked, the set as it was frozen, and how far a runner came.

-- CreateEnum
CREATE TYPE "bulk_outcome" AS ENUM ('requested', 'skipped');

-- AlterTable
ALTER TABLE "bulk" ADD COLUMN     "as_of" TIMESTAMPTZ(6),
ADD COLUMN     "attempt" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "error" TEXT,
ADD COLUMN     "filter" JSONB,
ADD COLUMN     "finished_at" TIMESTAMPTZ(6),
ADD COLUMN     "lease_until" TIMESTAMPTZ(6),
ADD COLUMN     "person_id" INTEGER,
ADD COLUMN     "reached" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "request_id" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "requested" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "started_at" TIMESTAMPTZ(6),
ADD COLUMN     "tries" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "bulk_kind" (
    "environment_id" INTEGER NOT NULL,
    "bulk_id" INTEGER NOT NULL,
    "kind" BIGINT NOT NULL,
    "category" TEXT NOT NULL,
    "why" TEXT,
    "next" TEXT,
    "from_status" "governance_status" NOT NULL,
    "to_status" "governance_status" NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "bulk_kind_pkey" PRIMARY KEY ("bulk_id","kind")
);

-- CreateTable
CREATE TABLE "bulk_item" (
    "environment_id" INTEGER NOT NULL,
    "bulk_id" INTEGER NOT NULL,
    "finding_id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "kind" BIGINT,
    "outcome" "bulk_outcome",
    "code" TEXT,
    "why" TEXT,

    CONSTRAINT "bulk_item_pkey" PRIMARY KEY ("bulk_id","finding_id")
);

-- CreateIndex
CREATE INDEX "bulk_environment_id_created_at_id_idx" ON "bulk"("environment_id", "created_at" DESC, "id" DESC);

-- AddForeignKey
ALTER TABLE "bulk_kind" ADD CONSTRAINT "bulk_kind_environment_id_bulk_id_fkey" FOREIGN KEY ("environment_id", "bulk_id") REFERENCES "bulk"("environment_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Only what came otherwise than planned is written into its row: a row without outcome was changed once the runner is past it.
CREATE INDEX bulk_item_outcome_partial ON bulk_item (bulk_id, finding_id) WHERE outcome IS NOT NULL;

-- Runners that wait or fell silent are few.
CREATE INDEX bulk_under_way_partial ON bulk (status, lease_until) WHERE finished_at IS NULL AND as_of IS NOT NULL;

-- A hundred thousand rows come in one statement: their references are checked once for each statement, as lib/decisions/018 tells.
CREATE TRIGGER bulk_item_finding AFTER INSERT ON bulk_item REFERENCING NEW TABLE AS newt FOR EACH STATEMENT EXECUTE FUNCTION docket_check_finding();
CREATE FUNCTION docket_check_bulk() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM (SELECT DISTINCT environment_id, bulk_id FROM newt) n
      LEFT JOIN bulk b ON b.id = n.bulk_id AND b.environment_id = n.environment_id WHERE b.id IS NULL) THEN
    RAISE EXCEPTION 'an item violates foreign key: there is no such bulk action in its environment' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER bulk_item_bulk AFTER INSERT ON bulk_item REFERENCING NEW TABLE AS newt FOR EACH STATEMENT EXECUTE FUNCTION docket_check_bulk();
-- What was started is kept; a preview that nobody started may go, and its set with it.
CREATE FUNCTION docket_kept_bulk() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF OLD.status <> 'previewed' THEN
    RAISE EXCEPTION 'a bulk action that was started is kept' USING ERRCODE = 'restrict_violation';
  END IF;
  DELETE FROM bulk_item WHERE bulk_id = OLD.id;
  RETURN OLD;
END $$;
CREATE TRIGGER bulk_kept BEFORE DELETE ON bulk FOR EACH ROW EXECUTE FUNCTION docket_kept_bulk();

-- What a bulk action says that it changed is what the log holds of it.
CREATE VIEW invariant_bulks AS
  SELECT b.id, b.done, b.changed, l.n AS logged FROM bulk b CROSS JOIN LATERAL (
    SELECT count(DISTINCT e.finding_id) AS n FROM audit_event e WHERE e.action_id = b.action_id AND e.bulk_id = b.id AND e.version IS NOT NULL
  ) l WHERE b.as_of IS NOT NULL AND (b.changed <> l.n OR b.done > b.total
    OR b.done <> (SELECT count(*) FROM bulk_item i WHERE i.bulk_id = b.id AND i.finding_id <= b.reached));
