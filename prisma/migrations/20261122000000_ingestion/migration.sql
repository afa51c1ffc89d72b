-- What an import tells before it acts (previews, the rows behind each count, brakes), what it proposes to people (carried decisions,
-- suggestions with their source), how generic tables are read, and catalogues from outside.

-- CreateEnum
CREATE TYPE "scan_row_kind" AS ENUM ('new', 'persisting', 'refound', 'regressed', 'unseen', 'preserved', 'suppressed', 'duplicate', 'rejected', 'moved');

-- AlterTable
ALTER TABLE "asset" ADD COLUMN     "team" TEXT,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "finding" ADD COLUMN     "context" BYTEA,
ADD COLUMN     "cvss_computed" DOUBLE PRECISION,
ADD COLUMN     "ghsa" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "package" TEXT;

-- AlterTable
ALTER TABLE "finding_detail" ADD COLUMN     "first_seen" TIMESTAMPTZ(6),
ADD COLUMN     "severity_word" TEXT;

-- AlterTable
ALTER TABLE "scan" ADD COLUMN     "brake_note" TEXT,
ADD COLUMN     "brake_off" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "expects" TEXT,
ADD COLUMN     "mapping" JSONB,
ADD COLUMN     "preserved" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "results_read" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "statements" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "scan_scope" ADD COLUMN     "appeared" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "live" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "refound" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "vanished" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "scan_stage" ADD COLUMN     "context" BYTEA,
ADD COLUMN     "cvss_computed" DOUBLE PRECISION,
ADD COLUMN     "first_seen" TIMESTAMPTZ(6),
ADD COLUMN     "ghsa" TEXT[],
ADD COLUMN     "package" TEXT,
ADD COLUMN     "severity_word" TEXT;

-- CreateTable
CREATE TABLE "scan_preview" (
    "environment_id" INTEGER NOT NULL,
    "scan_id" INTEGER NOT NULL,
    "attempt" INTEGER NOT NULL,
    "made_at" TIMESTAMPTZ(6) NOT NULL DEFAULT docket_now(),
    "counts" JSONB NOT NULL,
    "digest" TEXT NOT NULL,
    "brakes" JSONB NOT NULL DEFAULT '[]',
    "moved" JSONB,

    CONSTRAINT "scan_preview_pkey" PRIMARY KEY ("scan_id","attempt")
);

-- CreateTable
CREATE TABLE "scan_row" (
    "environment_id" INTEGER NOT NULL,
    "scan_id" INTEGER NOT NULL,
    "attempt" INTEGER NOT NULL,
    "kind" "scan_row_kind" NOT NULL,
    "position" INTEGER NOT NULL,
    "finding_id" INTEGER,
    "asset" TEXT,
    "severity" "severity",
    "title" TEXT NOT NULL,
    "location" TEXT NOT NULL DEFAULT '',
    "why" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "scan_row_pkey" PRIMARY KEY ("scan_id","attempt","kind","position")
);

-- CreateTable
CREATE TABLE "carry" (
    "id" SERIAL NOT NULL,
    "environment_id" INTEGER NOT NULL,
    "scan_id" INTEGER NOT NULL,
    "from_id" INTEGER NOT NULL,
    "to_id" INTEGER NOT NULL,
    "why" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT docket_now(),
    "settled_at" TIMESTAMPTZ(6),
    "outcome" TEXT,
    "settled_by" TEXT,

    CONSTRAINT "carry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "suggestion" (
    "id" SERIAL NOT NULL,
    "environment_id" INTEGER NOT NULL,
    "finding_id" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "scan_id" INTEGER,
    "suggests" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "rests_on" JSONB NOT NULL,
    "said_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT docket_now(),
    "settled_at" TIMESTAMPTZ(6),
    "outcome" TEXT,
    "settled_by" TEXT,

    CONSTRAINT "suggestion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "column_mapping" (
    "id" SERIAL NOT NULL,
    "environment_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "mapping" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT docket_now(),

    CONSTRAINT "column_mapping_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "feed" (
    "id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "released_at" TIMESTAMPTZ(6) NOT NULL,
    "loaded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT docket_now(),
    "entries" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,

    CONSTRAINT "feed_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "kev_entry" (
    "cve" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "added_on" DATE,
    "due_on" DATE,
    "ransomware" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "kev_entry_pkey" PRIMARY KEY ("cve")
);

-- CreateTable
CREATE TABLE "epss_entry" (
    "cve" TEXT NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "percentile" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "epss_entry_pkey" PRIMARY KEY ("cve")
);

-- CreateIndex
CREATE UNIQUE INDEX "scan_preview_environment_id_scan_id_attempt_key" ON "scan_preview"("environment_id", "scan_id", "attempt");

-- CreateIndex
CREATE INDEX "carry_environment_id_outcome_id_idx" ON "carry"("environment_id", "outcome", "id");

-- CreateIndex
CREATE INDEX "carry_to_id_idx" ON "carry"("to_id");

-- CreateIndex
CREATE UNIQUE INDEX "carry_from_id_to_id_key" ON "carry"("from_id", "to_id");

-- CreateIndex
CREATE UNIQUE INDEX "carry_environment_id_id_key" ON "carry"("environment_id", "id");

-- CreateIndex
CREATE INDEX "suggestion_finding_id_id_idx" ON "suggestion"("finding_id", "id");

-- CreateIndex
CREATE INDEX "suggestion_environment_id_outcome_id_idx" ON "suggestion"("environment_id", "outcome", "id");

-- CreateIndex
CREATE UNIQUE INDEX "suggestion_environment_id_id_key" ON "suggestion"("environment_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "column_mapping_environment_id_name_key" ON "column_mapping"("environment_id", "name");

-- AddForeignKey
ALTER TABLE "scan_preview" ADD CONSTRAINT "scan_preview_environment_id_scan_id_fkey" FOREIGN KEY ("environment_id", "scan_id") REFERENCES "scan"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scan_row" ADD CONSTRAINT "scan_row_environment_id_scan_id_attempt_fkey" FOREIGN KEY ("environment_id", "scan_id", "attempt") REFERENCES "scan_preview"("environment_id", "scan_id", "attempt") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scan_row" ADD CONSTRAINT "scan_row_environment_id_finding_id_fkey" FOREIGN KEY ("environment_id", "finding_id") REFERENCES "finding"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "carry" ADD CONSTRAINT "carry_environment_id_scan_id_fkey" FOREIGN KEY ("environment_id", "scan_id") REFERENCES "scan"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "carry" ADD CONSTRAINT "carry_environment_id_from_id_fkey" FOREIGN KEY ("environment_id", "from_id") REFERENCES "finding"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "carry" ADD CONSTRAINT "carry_environment_id_to_id_fkey" FOREIGN KEY ("environment_id", "to_id") REFERENCES "finding"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "suggestion" ADD CONSTRAINT "suggestion_environment_id_finding_id_fkey" FOREIGN KEY ("environment_id", "finding_id") REFERENCES "finding"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "suggestion" ADD CONSTRAINT "suggestion_environment_id_scan_id_fkey" FOREIGN KEY ("environment_id", "scan_id") REFERENCES "scan"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "column_mapping" ADD CONSTRAINT "column_mapping_environment_id_fkey" FOREIGN KEY ("environment_id") REFERENCES "environment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A preview is what was said at the time: neither it nor its rows change.
CREATE TRIGGER scan_preview_immutable BEFORE UPDATE OR DELETE ON scan_preview FOR EACH ROW EXECUTE FUNCTION docket_refuse();
CREATE TRIGGER scan_preview_kept BEFORE TRUNCATE ON scan_preview FOR EACH STATEMENT EXECUTE FUNCTION docket_refuse();
CREATE TRIGGER scan_row_immutable BEFORE UPDATE OR DELETE ON scan_row FOR EACH ROW EXECUTE FUNCTION docket_refuse();
CREATE TRIGGER scan_row_kept BEFORE TRUNCATE ON scan_row FOR EACH STATEMENT EXECUTE FUNCTION docket_refuse();

-- Of a proposal only its settlement may be written, once.
CREATE FUNCTION docket_settled_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.outcome IS NOT NULL OR to_jsonb(NEW) - ARRAY['outcome', 'settled_at', 'settled_by'] IS DISTINCT FROM to_jsonb(OLD) - ARRAY['outcome', 'settled_at', 'settled_by'] THEN
    RAISE EXCEPTION '% is settled once and never rewritten: update refused', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER carry_settled_once BEFORE UPDATE ON carry FOR EACH ROW EXECUTE FUNCTION docket_settled_once();
CREATE TRIGGER carry_kept BEFORE DELETE ON carry FOR EACH ROW EXECUTE FUNCTION docket_refuse();
CREATE TRIGGER suggestion_settled_once BEFORE UPDATE ON suggestion FOR EACH ROW EXECUTE FUNCTION docket_settled_once();
CREATE TRIGGER suggestion_kept BEFORE DELETE ON suggestion FOR EACH ROW EXECUTE FUNCTION docket_refuse();
ALTER TABLE carry ADD CONSTRAINT carry_outcome CHECK (outcome IN ('carried', 'dismissed')), ADD CONSTRAINT carry_two_findings CHECK (from_id <> to_id);
ALTER TABLE suggestion ADD CONSTRAINT suggestion_outcome CHECK (outcome IN ('applied', 'ignored', 'superseded')),
  ADD CONSTRAINT suggestion_kind CHECK (suggests IN ('false_positive', 'in_progress', 'resolve_candidate', 'accept_risk_candidate', 'keep_open'));
ALTER TABLE asset ADD CONSTRAINT asset_exposure CHECK (exposure IN ('unknown', 'internet', 'partner', 'internal', 'isolated')),
  ADD CONSTRAINT asset_sensitivity CHECK (sensitivity IN ('unknown', 'public', 'internal', 'confidential', 'restricted'));

-- The importer's role: the new columns that scanners own.
GRANT SELECT ON kev_entry, epss_entry TO docket_scanner;
GRANT INSERT (ghsa, package, context, cvss_computed) ON finding TO docket_scanner;
GRANT UPDATE (ghsa, package, context, cvss_computed, kev, epss, fingerprint, fingerprint_version) ON finding TO docket_scanner;
