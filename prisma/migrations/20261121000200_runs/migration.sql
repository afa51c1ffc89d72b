-- Who runs what: the worker processes that are up, and which runner holds a scan.

-- AlterTable
ALTER TABLE "scan" ADD COLUMN     "attempt" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "person_id" INTEGER;

-- CreateTable
CREATE TABLE "worker" (
    "id" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "process" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "worker_pkey" PRIMARY KEY ("id")
);

-- AddForeignKey
ALTER TABLE "scan" ADD CONSTRAINT "scan_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- These triggers keep the plan of their first call, which may have been for one row: with it, 10,000 rows would be compared pair by pair.
-- The settings leave one way that is linear in the rows changed, whatever the tables hold.
ALTER FUNCTION docket_check_decisions() SET enable_nestloop = off;
ALTER FUNCTION docket_check_decisions() SET enable_seqscan = off;
ALTER FUNCTION docket_check_bodies() SET enable_hashjoin = off;
ALTER FUNCTION docket_check_bodies() SET enable_mergejoin = off;
ALTER FUNCTION docket_check_bodies() SET enable_seqscan = off;
