-- Tickets carry the work on findings, a tracker may carry the ticket, and people are told. Severity and remediation of a ticket are rolled up
-- from its findings by the database; whatever people change of it has its entry in the log, by the same law as a finding's decisions.

-- CreateEnum
CREATE TYPE "ticket_state" AS ENUM ('open', 'closed');

-- CreateEnum
CREATE TYPE "ticket_priority" AS ENUM ('urgent', 'high', 'medium', 'low');

-- CreateEnum
CREATE TYPE "destination" AS ENUM ('internal', 'email', 'jira_cloud', 'jira_dc', 'servicenow', 'github', 'custom');

-- CreateEnum
CREATE TYPE "ticket_sync" AS ENUM ('none', 'pending', 'in_doubt', 'failed', 'sent', 'gone');

-- CreateEnum
CREATE TYPE "remediation_status" AS ENUM ('reopened', 'open', 'in_progress', 'resolved', 'verified');

-- CreateEnum
CREATE TYPE "retest_status" AS ENUM ('requested', 'passed', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "delivery_kind" AS ENUM ('create', 'update', 'close', 'reopen', 'comment');

-- CreateEnum
CREATE TYPE "delivery_status" AS ENUM ('pending', 'sending', 'in_doubt', 'failed', 'sent', 'cancelled');

-- CreateEnum
CREATE TYPE "mail_status" AS ENUM ('pending', 'sending', 'sent', 'failed');

-- AlterTable
ALTER TABLE "environment" ADD COLUMN     "next_ticket" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "connector" (
    "id" SERIAL NOT NULL,
    "environment_id" INTEGER NOT NULL,
    "kind" "destination" NOT NULL,
    "name" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "sealed" BYTEA,
    "hook_id" TEXT NOT NULL,
    "hook_sealed" BYTEA,
    "lag_seconds" INTEGER NOT NULL DEFAULT 60,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT docket_now(),
    "removed_at" TIMESTAMPTZ(6),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "open_until" TIMESTAMPTZ(6),
    "resume_at" TIMESTAMPTZ(6),
    "last_ok_at" TIMESTAMPTZ(6),
    "last_error" TEXT,
    "last_error_at" TIMESTAMPTZ(6),
    "polled_at" TIMESTAMPTZ(6),
    "poll_cursor" TEXT,
    "leased_by" TEXT,
    "leased_until" TIMESTAMPTZ(6),

    CONSTRAINT "connector_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ticket" (
    "id" SERIAL NOT NULL,
    "environment_id" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "state" "ticket_state" NOT NULL DEFAULT 'open',
    "reopen_count" INTEGER NOT NULL DEFAULT 0,
    "close_reason" "close_reason",
    "notes" TEXT,
    "reopen_reason" TEXT,
    "follow_up_on" TIMESTAMPTZ(6),
    "proposal" TEXT,
    "proposed_at" TIMESTAMPTZ(6),
    "merged_into" INTEGER,
    "split_from" INTEGER,
    "assignee_id" INTEGER,
    "team" TEXT,
    "cc" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "priority" "ticket_priority" NOT NULL DEFAULT 'medium',
    "labels" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "due_on" TIMESTAMPTZ(6),
    "destination" "destination" NOT NULL DEFAULT 'internal',
    "connector_id" INTEGER,
    "payload" JSONB NOT NULL DEFAULT '{}',
    "payload_hash" BYTEA,
    "gaps" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "marker" TEXT NOT NULL,
    "sync" "ticket_sync" NOT NULL DEFAULT 'none',
    "external_key" TEXT,
    "external_id" TEXT,
    "external_url" TEXT,
    "external" JSONB,
    "external_at" TIMESTAMPTZ(6),
    "external_done" BOOLEAN NOT NULL DEFAULT false,
    "drift" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "actor_type" "actor_type" NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT docket_now(),
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT docket_now(),
    "closed_at" TIMESTAMPTZ(6),
    "version" INTEGER NOT NULL DEFAULT 1,
    "severity" "severity" NOT NULL DEFAULT 'info',
    "remediation" "remediation_status" NOT NULL DEFAULT 'open',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "retest_at" TIMESTAMPTZ(6),
    "finding_count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "ticket_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ticket_finding" (
    "environment_id" INTEGER NOT NULL,
    "ticket_id" INTEGER NOT NULL,
    "finding_id" INTEGER NOT NULL,
    "linked_at" TIMESTAMPTZ(6) NOT NULL DEFAULT docket_now(),
    "unlinked_at" TIMESTAMPTZ(6),
    "is_open" BOOLEAN NOT NULL DEFAULT true,
    "insisted" BOOLEAN NOT NULL DEFAULT false,
    "remediation" "remediation_status" NOT NULL DEFAULT 'open',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "auto_retest" BOOLEAN NOT NULL DEFAULT true,
    "retest_at" TIMESTAMPTZ(6),
    "escalated_at" TIMESTAMPTZ(6),
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT docket_now(),

    CONSTRAINT "ticket_finding_pkey" PRIMARY KEY ("ticket_id","finding_id")
);

-- CreateTable
CREATE TABLE "ticket_check" (
    "environment_id" INTEGER NOT NULL,
    "ticket_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "label" TEXT NOT NULL,
    "ticked_by" TEXT,
    "ticked_at" TIMESTAMPTZ(6),

    CONSTRAINT "ticket_check_pkey" PRIMARY KEY ("ticket_id","position")
);

-- CreateTable
CREATE TABLE "retest" (
    "id" SERIAL NOT NULL,
    "environment_id" INTEGER NOT NULL,
    "finding_id" INTEGER NOT NULL,
    "ticket_id" INTEGER,
    "status" "retest_status" NOT NULL DEFAULT 'requested',
    "due_at" TIMESTAMPTZ(6) NOT NULL,
    "note" TEXT,
    "requested_by" TEXT NOT NULL,
    "settled_by" TEXT,
    "scan_id" INTEGER,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT docket_now(),
    "settled_at" TIMESTAMPTZ(6),

    CONSTRAINT "retest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "evidence_file" (
    "id" SERIAL NOT NULL,
    "environment_id" INTEGER NOT NULL,
    "evidence_id" INTEGER,
    "name" TEXT NOT NULL,
    "media" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" BYTEA NOT NULL,
    "content" BYTEA NOT NULL,
    "actor_type" "actor_type" NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT docket_now(),

    CONSTRAINT "evidence_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" SERIAL NOT NULL,
    "environment_id" INTEGER NOT NULL,
    "connector_id" INTEGER NOT NULL,
    "ticket_id" INTEGER NOT NULL,
    "kind" "delivery_kind" NOT NULL,
    "status" "delivery_status" NOT NULL DEFAULT 'pending',
    "body" JSONB NOT NULL DEFAULT '{}',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(6) NOT NULL DEFAULT docket_now(),
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT docket_now(),
    "asked_at" TIMESTAMPTZ(6),
    "settled_at" TIMESTAMPTZ(6),

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hook" (
    "id" SERIAL NOT NULL,
    "environment_id" INTEGER NOT NULL,
    "connector_id" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(6) NOT NULL DEFAULT now(),
    "body" JSONB NOT NULL,
    "settled_at" TIMESTAMPTZ(6),
    "outcome" TEXT,

    CONSTRAINT "hook_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice" (
    "id" SERIAL NOT NULL,
    "environment_id" INTEGER NOT NULL,
    "person_id" INTEGER NOT NULL,
    "event" TEXT NOT NULL,
    "record_type" TEXT NOT NULL,
    "record_number" INTEGER,
    "count" INTEGER NOT NULL DEFAULT 1,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL DEFAULT '',
    "why" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT now(),
    "read_at" TIMESTAMPTZ(6),

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail" (
    "id" SERIAL NOT NULL,
    "environment_id" INTEGER,
    "key" TEXT NOT NULL,
    "to_address" TEXT NOT NULL,
    "cc" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "headers" JSONB NOT NULL DEFAULT '{}',
    "status" "mail_status" NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(6) NOT NULL DEFAULT now(),
    "leased_until" TIMESTAMPTZ(6),
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT now(),
    "sent_at" TIMESTAMPTZ(6),

    CONSTRAINT "mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice_choice" (
    "environment_id" INTEGER NOT NULL,
    "person_id" INTEGER NOT NULL,
    "event" TEXT NOT NULL,
    "in_app" BOOLEAN NOT NULL DEFAULT true,
    "mail" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "notice_choice_pkey" PRIMARY KEY ("environment_id","person_id","event")
);

-- CreateTable
CREATE TABLE "recipient_list" (
    "environment_id" INTEGER NOT NULL,
    "event" TEXT NOT NULL,
    "addresses" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "recipient_list_pkey" PRIMARY KEY ("environment_id","event")
);

-- CreateIndex
CREATE UNIQUE INDEX "connector_hook_id_key" ON "connector"("hook_id");

-- CreateIndex
CREATE UNIQUE INDEX "connector_environment_id_id_key" ON "connector"("environment_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ticket_marker_key" ON "ticket"("marker");

-- CreateIndex
CREATE INDEX "ticket_environment_id_state_severity_id_idx" ON "ticket"("environment_id", "state", "severity", "id");

-- CreateIndex
CREATE INDEX "ticket_environment_id_state_updated_at_id_idx" ON "ticket"("environment_id", "state", "updated_at", "id");

-- CreateIndex
CREATE INDEX "ticket_environment_id_severity_id_idx" ON "ticket"("environment_id", "severity", "id");

-- CreateIndex
CREATE INDEX "ticket_environment_id_updated_at_id_idx" ON "ticket"("environment_id", "updated_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ticket_environment_id_id_key" ON "ticket"("environment_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ticket_environment_id_number_key" ON "ticket"("environment_id", "number");

-- CreateIndex
CREATE INDEX "ticket_finding_finding_id_ticket_id_idx" ON "ticket_finding"("finding_id", "ticket_id");

-- CreateIndex
CREATE INDEX "retest_finding_id_id_idx" ON "retest"("finding_id", "id");

-- CreateIndex
CREATE INDEX "evidence_file_evidence_id_idx" ON "evidence_file"("evidence_id");

-- CreateIndex
CREATE UNIQUE INDEX "evidence_file_environment_id_id_key" ON "evidence_file"("environment_id", "id");

-- CreateIndex
CREATE INDEX "delivery_ticket_id_id_idx" ON "delivery"("ticket_id", "id");

-- CreateIndex
CREATE INDEX "delivery_environment_id_status_id_idx" ON "delivery"("environment_id", "status", "id");

-- CreateIndex
CREATE UNIQUE INDEX "hook_connector_id_key_key" ON "hook"("connector_id", "key");

-- CreateIndex
CREATE INDEX "notice_environment_id_person_id_id_idx" ON "notice"("environment_id", "person_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "notice_person_id_key_key" ON "notice"("person_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "mail_key_key" ON "mail"("key");

-- AddForeignKey
ALTER TABLE "connector" ADD CONSTRAINT "connector_environment_id_fkey" FOREIGN KEY ("environment_id") REFERENCES "environment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_environment_id_fkey" FOREIGN KEY ("environment_id") REFERENCES "environment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_environment_id_assignee_id_fkey" FOREIGN KEY ("environment_id", "assignee_id") REFERENCES "membership"("environment_id", "person_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_environment_id_connector_id_fkey" FOREIGN KEY ("environment_id", "connector_id") REFERENCES "connector"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ticket_finding" ADD CONSTRAINT "ticket_finding_environment_id_ticket_id_fkey" FOREIGN KEY ("environment_id", "ticket_id") REFERENCES "ticket"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ticket_finding" ADD CONSTRAINT "ticket_finding_environment_id_finding_id_fkey" FOREIGN KEY ("environment_id", "finding_id") REFERENCES "finding"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ticket_check" ADD CONSTRAINT "ticket_check_environment_id_ticket_id_fkey" FOREIGN KEY ("environment_id", "ticket_id") REFERENCES "ticket"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "retest" ADD CONSTRAINT "retest_environment_id_finding_id_fkey" FOREIGN KEY ("environment_id", "finding_id") REFERENCES "finding"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "retest" ADD CONSTRAINT "retest_environment_id_ticket_id_fkey" FOREIGN KEY ("environment_id", "ticket_id") REFERENCES "ticket"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "retest" ADD CONSTRAINT "retest_environment_id_scan_id_fkey" FOREIGN KEY ("environment_id", "scan_id") REFERENCES "scan"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence_file" ADD CONSTRAINT "evidence_file_environment_id_evidence_id_fkey" FOREIGN KEY ("environment_id", "evidence_id") REFERENCES "evidence"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_environment_id_connector_id_fkey" FOREIGN KEY ("environment_id", "connector_id") REFERENCES "connector"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_environment_id_ticket_id_fkey" FOREIGN KEY ("environment_id", "ticket_id") REFERENCES "ticket"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hook" ADD CONSTRAINT "hook_environment_id_connector_id_fkey" FOREIGN KEY ("environment_id", "connector_id") REFERENCES "connector"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_environment_id_person_id_fkey" FOREIGN KEY ("environment_id", "person_id") REFERENCES "membership"("environment_id", "person_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_choice" ADD CONSTRAINT "notice_choice_environment_id_person_id_fkey" FOREIGN KEY ("environment_id", "person_id") REFERENCES "membership"("environment_id", "person_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recipient_list" ADD CONSTRAINT "recipient_list_environment_id_fkey" FOREIGN KEY ("environment_id") REFERENCES "environment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma cannot say.

ALTER TABLE ticket ADD CONSTRAINT ticket_closed_with_reason CHECK ((state = 'closed') = (close_reason IS NOT NULL) AND (state = 'closed') = (closed_at IS NOT NULL));
ALTER TABLE ticket ADD CONSTRAINT ticket_connector_named CHECK ((destination = 'internal') = (connector_id IS NULL));
ALTER TABLE ticket ADD CONSTRAINT ticket_proposal_dated CHECK ((proposal IS NULL) = (proposed_at IS NULL));
ALTER TABLE connector ADD CONSTRAINT connector_is_outside CHECK (kind <> 'internal');
ALTER TABLE retest ADD CONSTRAINT retest_settled CHECK ((status = 'requested') = (settled_at IS NULL));
ALTER TABLE evidence_file ADD CONSTRAINT evidence_file_bounded CHECK (size = octet_length(content) AND size <= 10485760);

CREATE UNIQUE INDEX connector_name_partial ON connector (environment_id, lower(name)) WHERE removed_at IS NULL;
CREATE UNIQUE INDEX ticket_external_key_partial ON ticket (connector_id, external_key) WHERE external_key IS NOT NULL;
CREATE INDEX ticket_number_reopened_partial ON ticket (environment_id, updated_at, id) WHERE state = 'open' AND reopen_count > 0;
CREATE INDEX ticket_assignee_partial ON ticket (environment_id, assignee_id, state, id) WHERE assignee_id IS NOT NULL;
CREATE INDEX ticket_attention_partial ON ticket (environment_id, id) WHERE proposal IS NOT NULL OR drift <> '{}' OR (external_done AND state = 'open') OR sync IN ('failed', 'in_doubt', 'gone');
CREATE INDEX ticket_follow_up_partial ON ticket (environment_id, follow_up_on, id) WHERE follow_up_on IS NOT NULL;
-- One open ticket for each finding, unless a person insists.
CREATE UNIQUE INDEX ticket_finding_one_open_partial ON ticket_finding (finding_id) WHERE is_open AND NOT insisted;
CREATE INDEX ticket_finding_retest_partial ON ticket_finding (retest_at, ticket_id, finding_id) WHERE retest_at IS NOT NULL AND auto_retest;
CREATE UNIQUE INDEX retest_one_standing_partial ON retest (finding_id) WHERE status = 'requested';
CREATE INDEX delivery_waiting_partial ON delivery (connector_id, id) WHERE status IN ('pending', 'sending', 'in_doubt');
CREATE INDEX hook_waiting_partial ON hook (id) WHERE settled_at IS NULL;
CREATE INDEX mail_waiting_partial ON mail (due_at, id) WHERE status IN ('pending', 'sending');
CREATE INDEX notice_unread_partial ON notice (environment_id, person_id, id) WHERE read_at IS NULL;

-- A ticket shows the worst of its findings. The enumeration's order is from worst to best.
CREATE FUNCTION docket_roll_up_tickets(touched int[]) RETURNS void LANGUAGE sql SET search_path = public, pg_temp AS $$
  UPDATE ticket t SET severity = coalesce(w.severity, 'info'), remediation = coalesce(w.remediation, 'open'), attempts = coalesce(w.attempts, 0),
    retest_at = w.retest_at, finding_count = w.n
  FROM (
    SELECT k.id, min(f.calibrated) AS severity, min(tf.remediation) AS remediation, max(tf.attempts) AS attempts, min(tf.retest_at) AS retest_at, count(f.id)::int AS n
    FROM unnest(touched) AS k(id) LEFT JOIN ticket_finding tf ON tf.ticket_id = k.id AND tf.unlinked_at IS NULL LEFT JOIN finding f ON f.id = tf.finding_id
    GROUP BY k.id
  ) w
  WHERE t.id = w.id AND (t.severity, t.remediation, t.attempts, t.retest_at, t.finding_count)
    IS DISTINCT FROM (coalesce(w.severity, 'info'), coalesce(w.remediation, 'open'), coalesce(w.attempts, 0), w.retest_at, w.n)
$$;

CREATE FUNCTION docket_links_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM docket_roll_up_tickets(ARRAY(SELECT DISTINCT ticket_id FROM newt));
  RETURN NULL;
END $$;
CREATE TRIGGER ticket_finding_linked AFTER INSERT ON ticket_finding REFERENCING NEW TABLE AS newt FOR EACH STATEMENT EXECUTE FUNCTION docket_links_changed();
CREATE TRIGGER ticket_finding_changed AFTER UPDATE ON ticket_finding REFERENCING NEW TABLE AS newt FOR EACH STATEMENT EXECUTE FUNCTION docket_links_changed();

CREATE FUNCTION docket_severity_to_tickets() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE touched int[];
BEGIN
  IF NOT EXISTS (SELECT FROM ticket_finding) THEN RETURN NULL; END IF;
  SELECT array_agg(DISTINCT tf.ticket_id) INTO touched FROM newt n JOIN oldt o ON o.id = n.id JOIN ticket_finding tf ON tf.finding_id = n.id AND tf.unlinked_at IS NULL
  WHERE n.calibrated <> o.calibrated;
  IF touched IS NOT NULL THEN PERFORM docket_roll_up_tickets(touched); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER finding_severity_to_tickets AFTER UPDATE ON finding REFERENCING OLD TABLE AS oldt NEW TABLE AS newt FOR EACH STATEMENT EXECUTE FUNCTION docket_severity_to_tickets();

-- What people own of a ticket changes with an entry of the log in the same transaction, and with its version; nothing of it is ever deleted.
CREATE FUNCTION docket_check_tickets() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE lost text;
BEGIN
  SELECT format('T-%s of environment %s', n.number, n.environment_id) INTO lost
  FROM newt n JOIN oldt o ON o.id = n.id
  WHERE (n.title, n.description, n.state, n.reopen_count, n.close_reason, n.notes, n.reopen_reason, n.follow_up_on, n.proposal, n.merged_into, n.assignee_id, n.team,
         n.cc, n.priority, n.labels, n.due_on, n.destination, n.connector_id, n.external_key, n.version)
    IS DISTINCT FROM (o.title, o.description, o.state, o.reopen_count, o.close_reason, o.notes, o.reopen_reason, o.follow_up_on, o.proposal, o.merged_into, o.assignee_id, o.team,
         o.cc, o.priority, o.labels, o.due_on, o.destination, o.connector_id, o.external_key, o.version)
    AND (n.version <= o.version OR n.number <> o.number OR n.environment_id <> o.environment_id OR NOT EXISTS (
      SELECT FROM audit_event e WHERE e.environment_id = n.environment_id AND e.record_type = 'ticket' AND e.record_number = n.number
        AND e.transaction_id = pg_current_xact_id()::text::bigint))
  LIMIT 1;
  IF lost IS NOT NULL THEN
    RAISE EXCEPTION '% was changed without its entry in the log', lost USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ticket_checked AFTER UPDATE ON ticket REFERENCING OLD TABLE AS oldt NEW TABLE AS newt FOR EACH STATEMENT EXECUTE FUNCTION docket_check_tickets();

CREATE FUNCTION docket_check_new_tickets() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE lost text;
BEGIN
  SELECT format('T-%s of environment %s', n.number, n.environment_id) INTO lost FROM newt n
  WHERE NOT EXISTS (SELECT FROM audit_event e WHERE e.environment_id = n.environment_id AND e.record_type = 'ticket' AND e.record_number = n.number
    AND e.action = 'ticket.created' AND e.transaction_id = pg_current_xact_id()::text::bigint) LIMIT 1;
  IF lost IS NOT NULL THEN
    RAISE EXCEPTION '% was made without its entry in the log', lost USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ticket_made AFTER INSERT ON ticket REFERENCING NEW TABLE AS newt FOR EACH STATEMENT EXECUTE FUNCTION docket_check_new_tickets();

CREATE INDEX audit_event_ticket_partial ON audit_event (environment_id, record_number, sequence) WHERE record_type = 'ticket';

CREATE FUNCTION docket_refuse_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is kept: close, unlink or remove it by its own act', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER ticket_kept BEFORE DELETE ON ticket FOR EACH STATEMENT EXECUTE FUNCTION docket_refuse_deletion();
CREATE TRIGGER ticket_finding_kept BEFORE DELETE ON ticket_finding FOR EACH STATEMENT EXECUTE FUNCTION docket_refuse_deletion();

CREATE VIEW invariant_ticket_rollups AS
  SELECT t.id, t.severity, t.remediation, t.finding_count, w.* FROM ticket t CROSS JOIN LATERAL (
    SELECT coalesce(min(f.calibrated), 'info') AS worst, coalesce(min(tf.remediation), 'open') AS least, count(f.id)::int AS n
    FROM ticket_finding tf JOIN finding f ON f.id = tf.finding_id WHERE tf.ticket_id = t.id AND tf.unlinked_at IS NULL
  ) w WHERE (t.severity, t.remediation, t.finding_count) IS DISTINCT FROM (w.worst, w.least, w.n);

-- Each open ticket's links are open, and no other's are.
CREATE VIEW invariant_ticket_links AS
  SELECT tf.ticket_id, tf.finding_id FROM ticket_finding tf JOIN ticket t ON t.id = tf.ticket_id
  WHERE tf.is_open <> (t.state = 'open' AND tf.unlinked_at IS NULL) OR tf.environment_id <> t.environment_id;

-- Every ticket of the log is there, and every closing has its entry.
CREATE VIEW invariant_ticket_log AS
  SELECT t.id FROM ticket t CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE e.action = 'ticket.created') AS made, count(*) FILTER (WHERE e.action = 'ticket.closed') AS closed, count(*) FILTER (WHERE e.action = 'ticket.reopened') AS reopened
    FROM audit_event e WHERE e.environment_id = t.environment_id AND e.record_type = 'ticket' AND e.record_number = t.number
  ) l WHERE l.made <> 1 OR l.reopened <> t.reopen_count OR l.closed <> t.reopen_count + (t.state = 'closed')::int;
