-- Acceptances that wait for an approver. The finding keeps its status; one request stands at a time, and what became of the others stays.

-- CreateEnum
CREATE TYPE "request_outcome" AS ENUM ('approved', 'refused', 'withdrawn', 'replaced', 'overtaken');

-- CreateTable
CREATE TABLE "acceptance_request" (
    "id" SERIAL NOT NULL,
    "environment_id" INTEGER NOT NULL,
    "finding_id" INTEGER NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "justification" TEXT,
    "actor_type" "actor_type" NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "action_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT docket_now(),
    "outcome" "request_outcome",
    "settled_at" TIMESTAMPTZ(6),
    "settled_by" TEXT,
    "settled_action" UUID,

    CONSTRAINT "acceptance_request_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "acceptance_request_finding_id_id_idx" ON "acceptance_request"("finding_id", "id");

-- AddForeignKey
ALTER TABLE "acceptance_request" ADD CONSTRAINT "acceptance_request_environment_id_finding_id_fkey" FOREIGN KEY ("environment_id", "finding_id") REFERENCES "finding"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One stands at a time, and those that stand are found without the others.
CREATE UNIQUE INDEX acceptance_request_standing_partial ON acceptance_request (environment_id, finding_id) WHERE outcome IS NULL;

ALTER TABLE acceptance_request ADD CONSTRAINT acceptance_request_settled CHECK ((outcome IS NULL) = (settled_at IS NULL) AND (outcome IS NULL) = (settled_action IS NULL));

-- A request is an entry of the log with a version of its own: what a bulk action changed and what it requested are what the log holds of it.
CREATE OR REPLACE VIEW invariant_bulks AS
  SELECT b.id, b.done, b.changed, l.n AS logged FROM bulk b CROSS JOIN LATERAL (
    SELECT count(DISTINCT e.finding_id) AS n FROM audit_event e
    WHERE e.action_id = b.action_id AND e.bulk_id = b.id AND (e.version IS NOT NULL OR e.action = 'acceptance.requested')
  ) l WHERE b.as_of IS NOT NULL AND (b.changed + b.requested <> l.n OR b.done > b.total
    OR b.done <> (SELECT count(*) FROM bulk_item i WHERE i.bulk_id = b.id AND i.finding_id <= b.reached));
