-- Tables. The functions first, since defaults and generated columns call them.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- The one clock: the database's, plus an offset that only a demo or test database may carry. In whole milliseconds, so that
-- a state which a program has read (JavaScript knows no finer time) can be written back exactly.
CREATE FUNCTION docket_now() RETURNS timestamptz LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN date_trunc('milliseconds', now() + (SELECT clock_offset_ms * interval '1 millisecond' FROM instance WHERE id = 1));
END $$;

-- Canonical form of one field: name:bytes:value, or name:-: where there is none.
CREATE FUNCTION docket_field(name text, value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT name || ':' || coalesce(octet_length(value)::text || ':' || value, '-:') || chr(10)
$$;

CREATE FUNCTION docket_instant(at timestamptz) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;

CREATE FUNCTION docket_body_hash(before json, after json, reason text, note text) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT sha256(convert_to(docket_field('before', before::text) || docket_field('after', after::text)
    || docket_field('reason', reason) || docket_field('note', note), 'UTF8'))
$$;

-- CreateEnum
CREATE TYPE "instance_mark" AS ENUM ('production', 'demo', 'test');

-- CreateEnum
CREATE TYPE "role" AS ENUM ('viewer', 'analyst', 'manager', 'auditor', 'admin');

-- CreateEnum
CREATE TYPE "asset_kind" AS ENUM ('host', 'application', 'api', 'repository', 'container', 'cloud');

-- CreateEnum
CREATE TYPE "scanner_status" AS ENUM ('new', 'open', 'closed');

-- CreateEnum
CREATE TYPE "governance_status" AS ENUM ('open', 'in_progress', 'false_positive', 'accepted_risk', 'resolved', 'reopened');

-- CreateEnum
CREATE TYPE "response" AS ENUM ('needs_review', 'investigating', 'accepted_risk', 'closed');

-- CreateEnum
CREATE TYPE "severity" AS ENUM ('critical', 'high', 'medium', 'low', 'info');

-- CreateEnum
CREATE TYPE "close_reason" AS ENUM ('patched', 'false_positive', 'risk_accepted', 'vendor_notified', 'mitigated', 'duplicate', 'decommissioned');

-- CreateEnum
CREATE TYPE "verification" AS ENUM ('none', 'pending', 'failed', 'verified', 'attested');

-- CreateEnum
CREATE TYPE "evidence_kind" AS ENUM ('scan', 'retest', 'commit', 'attestation');

-- CreateEnum
CREATE TYPE "actor_type" AS ENUM ('user', 'token', 'automation', 'connector', 'system');

-- CreateEnum
CREATE TYPE "scan_status" AS ENUM ('queued', 'parsing', 'previewed', 'held', 'applying', 'completed', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "scan_extent" AS ENUM ('full', 'partial');

-- CreateEnum
CREATE TYPE "scan_change_kind" AS ENUM ('new', 'opened', 'refound', 'regressed', 'unseen', 'history');

-- CreateEnum
CREATE TYPE "bulk_status" AS ENUM ('queued', 'running', 'paused', 'completed', 'cancelled', 'failed');

-- Severity after governance: info for what is dispositioned away, lowered by the accepted bands, else unchanged.
CREATE FUNCTION docket_effective(calibrated severity, governance governance_status, bands smallint) RETURNS severity
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN governance IN ('false_positive', 'resolved') THEN 'info'::severity
    WHEN governance = 'accepted_risk' THEN (ARRAY['critical','high','medium','low','info']::severity[])[least(5, bands +
      CASE calibrated WHEN 'critical' THEN 1 WHEN 'high' THEN 2 WHEN 'medium' THEN 3 WHEN 'low' THEN 4 ELSE 5 END)]
    ELSE calibrated END
$$;

CREATE FUNCTION docket_response(governance governance_status) RETURNS response LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE governance WHEN 'open' THEN 'needs_review' WHEN 'reopened' THEN 'needs_review' WHEN 'in_progress' THEN 'investigating'
    WHEN 'accepted_risk' THEN 'accepted_risk' ELSE 'closed' END::response
$$;

-- Detection from the three timestamps; the first condition that holds.
CREATE FUNCTION docket_scanner_status(added_on timestamptz, last_seen_on timestamptz, last_scanned timestamptz) RETURNS scanner_status
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN last_scanned IS NOT NULL AND added_on >= last_scanned THEN 'new'
    WHEN last_scanned IS NULL OR last_seen_on >= last_scanned THEN 'open' ELSE 'closed' END::scanner_status
$$;

CREATE FUNCTION docket_head_hash(sequence bigint, environment_id int, at timestamptz, actor_type actor_type, actor_id text, actor_name text,
  person_id int, action text, record_type text, record_number int, finding_id int, version int, fields text[], from_status governance_status,
  to_status governance_status, action_id uuid, bulk_id int, scan_id int, revokes uuid, request_id text, body_hash bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT sha256(convert_to(docket_field('sequence', sequence::text) || docket_field('environment', environment_id::text)
    || docket_field('at', docket_instant(at)) || docket_field('actor_type', actor_type::text) || docket_field('actor_id', actor_id)
    || docket_field('actor_name', actor_name) || docket_field('person', person_id::text) || docket_field('action', action)
    || docket_field('record_type', record_type) || docket_field('record_number', record_number::text)
    || docket_field('finding', finding_id::text) || docket_field('version', version::text)
    || docket_field('fields', array_to_string(fields, ',')) || docket_field('from_status', from_status::text)
    || docket_field('to_status', to_status::text) || docket_field('action_id', action_id::text) || docket_field('bulk', bulk_id::text)
    || docket_field('scan', scan_id::text) || docket_field('revokes', revokes::text) || docket_field('request_id', request_id)
    || docket_field('body_hash', encode(body_hash, 'hex')), 'UTF8'))
$$;

-- CreateTable
CREATE TABLE "instance" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "mark" "instance_mark" NOT NULL DEFAULT 'production',
    "clock_offset_ms" BIGINT NOT NULL DEFAULT 0,
    "key_fingerprint" TEXT,

    CONSTRAINT "instance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "environment" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "next_finding" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT docket_now(),

    CONSTRAINT "environment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy" (
    "environment_id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT docket_now(),

    CONSTRAINT "policy_pkey" PRIMARY KEY ("environment_id","version")
);

-- CreateTable
CREATE TABLE "person" (
    "id" SERIAL NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "session_version" INTEGER NOT NULL DEFAULT 1,
    "disabled_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT docket_now(),

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "environment_id" INTEGER NOT NULL,
    "person_id" INTEGER NOT NULL,
    "role" "role" NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("environment_id","person_id")
);

-- CreateTable
CREATE TABLE "api_token" (
    "id" SERIAL NOT NULL,
    "environment_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "role" "role" NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT docket_now(),
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "revoked_at" TIMESTAMPTZ(6),
    "last_used_at" TIMESTAMPTZ(6),

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "environment_id" INTEGER NOT NULL,
    "token_id" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" BYTEA NOT NULL,
    "status" INTEGER,
    "answer" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("token_id","key")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" TIMESTAMPTZ(6),

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "asset" (
    "id" SERIAL NOT NULL,
    "environment_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "asset_kind" NOT NULL DEFAULT 'host',
    "exposure" TEXT NOT NULL DEFAULT 'unknown',
    "sensitivity" TEXT NOT NULL DEFAULT 'unknown',
    "owner" TEXT,
    "decommission_on" DATE,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT docket_now(),

    CONSTRAINT "asset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "detector" (
    "id" SERIAL NOT NULL,
    "environment_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "detector_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scope" (
    "id" SERIAL NOT NULL,
    "environment_id" INTEGER NOT NULL,
    "asset_id" INTEGER NOT NULL,
    "detector_id" INTEGER NOT NULL,
    "last_scanned" TIMESTAMPTZ(6),

    CONSTRAINT "scope_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rule" (
    "id" SERIAL NOT NULL,
    "environment_id" INTEGER NOT NULL,
    "detector_id" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "help" TEXT,

    CONSTRAINT "rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "upload" (
    "id" SERIAL NOT NULL,
    "environment_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "sha256" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT docket_now(),
    "completed_at" TIMESTAMPTZ(6),

    CONSTRAINT "upload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "upload_chunk" (
    "environment_id" INTEGER NOT NULL,
    "upload_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "upload_chunk_pkey" PRIMARY KEY ("upload_id","position")
);

-- CreateTable
CREATE TABLE "scan" (
    "id" SERIAL NOT NULL,
    "environment_id" INTEGER NOT NULL,
    "upload_id" INTEGER NOT NULL,
    "status" "scan_status" NOT NULL DEFAULT 'queued',
    "format" TEXT NOT NULL DEFAULT 'auto',
    "extent" "scan_extent" NOT NULL DEFAULT 'full',
    "asset_name" TEXT,
    "asset_override" BOOLEAN NOT NULL DEFAULT false,
    "detector_name" TEXT,
    "scope_rules" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "scope_paths" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "scope_findings" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "dry_run" BOOLEAN NOT NULL DEFAULT false,
    "taken_at" TIMESTAMPTZ(6),
    "observed" INTEGER NOT NULL DEFAULT 0,
    "new" INTEGER NOT NULL DEFAULT 0,
    "persisting" INTEGER NOT NULL DEFAULT 0,
    "refound" INTEGER NOT NULL DEFAULT 0,
    "regressed" INTEGER NOT NULL DEFAULT 0,
    "unseen" INTEGER NOT NULL DEFAULT 0,
    "suppressed" INTEGER NOT NULL DEFAULT 0,
    "duplicates_in_report" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "rejections" JSONB NOT NULL DEFAULT '[]',
    "bytes_read" BIGINT NOT NULL DEFAULT 0,
    "actor_type" "actor_type" NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(6) NOT NULL DEFAULT docket_now(),
    "started_at" TIMESTAMPTZ(6),
    "finished_at" TIMESTAMPTZ(6),
    "lease_until" TIMESTAMPTZ(6),
    "error" TEXT,
    "error_at" TEXT,

    CONSTRAINT "scan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scan_part" (
    "environment_id" INTEGER NOT NULL,
    "scan_id" INTEGER NOT NULL,
    "position" SMALLINT NOT NULL,
    "detector_id" INTEGER NOT NULL,
    "taken_at" TIMESTAMPTZ(6) NOT NULL,
    "failed" BOOLEAN NOT NULL DEFAULT false,
    "asset_count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "scan_part_pkey" PRIMARY KEY ("scan_id","position")
);

-- CreateTable
CREATE TABLE "scan_scope" (
    "environment_id" INTEGER NOT NULL,
    "scan_id" INTEGER NOT NULL,
    "scope_id" INTEGER NOT NULL,
    "taken_at" TIMESTAMPTZ(6) NOT NULL,
    "covering" BOOLEAN NOT NULL,
    "newest" BOOLEAN NOT NULL,

    CONSTRAINT "scan_scope_pkey" PRIMARY KEY ("scan_id","scope_id")
);

-- CreateTable
CREATE TABLE "scan_change" (
    "id" BIGSERIAL NOT NULL,
    "environment_id" INTEGER NOT NULL,
    "scan_id" INTEGER NOT NULL,
    "finding_id" INTEGER NOT NULL,
    "kind" "scan_change_kind" NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "scan_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE UNLOGGED TABLE "scan_stage" (
    "environment_id" INTEGER NOT NULL,
    "scan_id" INTEGER NOT NULL,
    "row" INTEGER NOT NULL,
    "part" SMALLINT NOT NULL,
    "asset_name" TEXT,
    "asset_kind" "asset_kind",
    "rule_key" TEXT NOT NULL,
    "rule_name" TEXT NOT NULL,
    "rule_help" TEXT,
    "fingerprint" BYTEA NOT NULL,
    "fingerprint_version" SMALLINT NOT NULL,
    "title" TEXT NOT NULL,
    "location" TEXT NOT NULL,
    "category" TEXT,
    "component" TEXT,
    "port" INTEGER,
    "technical" "severity" NOT NULL,
    "cvss_version" TEXT,
    "cvss_vector" TEXT,
    "cvss_score" DOUBLE PRECISION,
    "cwe" INTEGER[],
    "cve" TEXT[],
    "legacy_code" TEXT,
    "suppressed" BOOLEAN NOT NULL,
    "description" TEXT,
    "observation" TEXT,
    "remediation" TEXT,
    "links" TEXT[],

    CONSTRAINT "scan_stage_pkey" PRIMARY KEY ("scan_id","row")
);

-- CreateTable
CREATE TABLE "finding" (
    "id" SERIAL NOT NULL,
    "environment_id" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "scope_id" INTEGER NOT NULL,
    "asset_id" INTEGER NOT NULL,
    "detector_id" INTEGER NOT NULL,
    "rule_id" INTEGER NOT NULL,
    "fingerprint" BYTEA NOT NULL,
    "fingerprint_version" SMALLINT NOT NULL,
    "title" TEXT NOT NULL,
    "location" TEXT NOT NULL,
    "category" TEXT,
    "component" TEXT,
    "port" INTEGER,
    "technical" "severity" NOT NULL,
    "cvss_version" TEXT,
    "cvss_vector" TEXT,
    "cvss_score" DOUBLE PRECISION,
    "cwe" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "cve" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "kev" BOOLEAN NOT NULL DEFAULT false,
    "epss" DOUBLE PRECISION,
    "legacy_code" TEXT,
    "suppressed" BOOLEAN NOT NULL DEFAULT false,
    "added_on" TIMESTAMPTZ(6) NOT NULL,
    "last_seen_on" TIMESTAMPTZ(6),
    "last_scanned" TIMESTAMPTZ(6),
    "scanner_status" "scanner_status" NOT NULL,
    "governance_status" "governance_status" NOT NULL DEFAULT 'open',
    "close_reason" "close_reason",
    "acceptance_id" INTEGER,
    "accepted_until" TIMESTAMPTZ(6),
    "accepted_bands" SMALLINT NOT NULL DEFAULT 1,
    "duplicate_of" INTEGER,
    "follow_up_on" TIMESTAMPTZ(6),
    "re_review" TEXT,
    "verification" "verification" NOT NULL DEFAULT 'none',
    "team_severity" "severity",
    "calibrated_at" TIMESTAMPTZ(6),
    "assignee_id" INTEGER,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "first_response_at" TIMESTAMPTZ(6),
    "acknowledged_at" TIMESTAMPTZ(6),
    "decided_at" TIMESTAMPTZ(6),
    "sla_started_at" TIMESTAMPTZ(6) NOT NULL,
    "sla_paused_at" TIMESTAMPTZ(6),
    "acknowledge_by" TIMESTAMPTZ(6),
    "resolve_by" TIMESTAMPTZ(6),
    "version" INTEGER NOT NULL DEFAULT 0,
    "calibrated" "severity" NOT NULL GENERATED ALWAYS AS (coalesce(team_severity, technical)) STORED,
    "effective" "severity" NOT NULL GENERATED ALWAYS AS (docket_effective(coalesce(team_severity, technical), governance_status, accepted_bands)) STORED,
    "response" "response" NOT NULL GENERATED ALWAYS AS (docket_response(governance_status)) STORED,
    "tab" "response" NOT NULL GENERATED ALWAYS AS (CASE WHEN scanner_status = 'closed' THEN 'closed'::response ELSE docket_response(governance_status) END) STORED,

    CONSTRAINT "finding_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "finding_detail" (
    "environment_id" INTEGER NOT NULL,
    "finding_id" INTEGER NOT NULL,
    "description" TEXT,
    "observation" TEXT,
    "remediation" TEXT,
    "links" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "finding_detail_pkey" PRIMARY KEY ("finding_id")
);

-- CreateTable
CREATE TABLE "evidence" (
    "id" SERIAL NOT NULL,
    "environment_id" INTEGER NOT NULL,
    "finding_id" INTEGER NOT NULL,
    "kind" "evidence_kind" NOT NULL,
    "reference" TEXT,
    "note" TEXT,
    "approver_id" INTEGER,
    "scan_id" INTEGER,
    "actor_type" "actor_type" NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT docket_now(),

    CONSTRAINT "evidence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "acceptance" (
    "id" SERIAL NOT NULL,
    "environment_id" INTEGER NOT NULL,
    "finding_id" INTEGER NOT NULL,
    "justification" TEXT,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "approver_id" INTEGER,
    "actor_type" "actor_type" NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT docket_now(),
    "warned_at" TIMESTAMPTZ(6),

    CONSTRAINT "acceptance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bulk" (
    "id" SERIAL NOT NULL,
    "environment_id" INTEGER NOT NULL,
    "status" "bulk_status" NOT NULL,
    "action" JSONB NOT NULL,
    "action_id" UUID NOT NULL,
    "undo_of" INTEGER,
    "total" INTEGER NOT NULL,
    "done" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "skipped" JSONB NOT NULL DEFAULT '[]',
    "undo_until" TIMESTAMPTZ(6),
    "actor_type" "actor_type" NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT docket_now(),

    CONSTRAINT "bulk_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "queue_count" (
    "environment_id" INTEGER NOT NULL,
    "slot" SMALLINT NOT NULL,
    "response" "response" NOT NULL,
    "detected" BOOLEAN NOT NULL,
    "assigned" BOOLEAN NOT NULL,
    "n" BIGINT NOT NULL,

    CONSTRAINT "queue_count_pkey" PRIMARY KEY ("environment_id","slot","response","detected","assigned")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "sequence" BIGSERIAL NOT NULL,
    "environment_id" INTEGER,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT docket_now(),
    "actor_type" "actor_type" NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "person_id" INTEGER,
    "action" TEXT NOT NULL,
    "record_type" TEXT NOT NULL,
    "record_number" INTEGER,
    "finding_id" INTEGER,
    "version" INTEGER,
    "fields" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "from_status" "governance_status",
    "to_status" "governance_status",
    "action_id" UUID NOT NULL,
    "bulk_id" INTEGER,
    "scan_id" INTEGER,
    "revokes" UUID,
    "request_id" TEXT NOT NULL,
    "body_hash" BYTEA NOT NULL,
    "transaction_id" BIGINT NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
    "hash" BYTEA NOT NULL GENERATED ALWAYS AS (docket_head_hash(sequence, environment_id, at, actor_type, actor_id, actor_name, person_id, action, record_type, record_number, finding_id, version, fields, from_status, to_status, action_id, bulk_id, scan_id, revokes, request_id, body_hash)) STORED,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("sequence")
);

-- CreateTable
CREATE TABLE "audit_body" (
    "sequence" BIGINT NOT NULL,
    "before" JSON,
    "after" JSON,
    "reason" TEXT,
    "note" TEXT,
    "hash" BYTEA NOT NULL GENERATED ALWAYS AS (docket_body_hash(before, after, reason, note)) STORED,

    CONSTRAINT "audit_body_pkey" PRIMARY KEY ("sequence")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "job" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(6),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "environment_name_key" ON "environment"("name");

-- CreateIndex
CREATE UNIQUE INDEX "person_email_key" ON "person"("email");

-- CreateIndex
CREATE INDEX "membership_person_id_idx" ON "membership"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_token_hash_key" ON "api_token"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "api_token_environment_id_id_key" ON "api_token"("environment_id", "id");

-- CreateIndex
CREATE INDEX "idempotency_key_created_at_idx" ON "idempotency_key"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "asset_environment_id_name_key" ON "asset"("environment_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "asset_environment_id_id_key" ON "asset"("environment_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "detector_environment_id_name_key" ON "detector"("environment_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "detector_environment_id_id_key" ON "detector"("environment_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "scope_asset_id_detector_id_key" ON "scope"("asset_id", "detector_id");

-- CreateIndex
CREATE UNIQUE INDEX "scope_environment_id_id_asset_id_detector_id_key" ON "scope"("environment_id", "id", "asset_id", "detector_id");

-- CreateIndex
CREATE UNIQUE INDEX "scope_environment_id_id_key" ON "scope"("environment_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "rule_detector_id_key_key" ON "rule"("detector_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "rule_environment_id_id_key" ON "rule"("environment_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "upload_environment_id_id_key" ON "upload"("environment_id", "id");

-- CreateIndex
CREATE INDEX "scan_environment_id_requested_at_id_idx" ON "scan"("environment_id", "requested_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "scan_environment_id_id_key" ON "scan"("environment_id", "id");

-- CreateIndex
CREATE INDEX "scan_scope_scope_id_taken_at_idx" ON "scan_scope"("scope_id", "taken_at");

-- CreateIndex
CREATE INDEX "scan_change_finding_id_id_idx" ON "scan_change"("finding_id", "id");

-- CreateIndex
CREATE INDEX "scan_change_scan_id_kind_id_idx" ON "scan_change"("scan_id", "kind", "id");

-- CreateIndex
CREATE INDEX "finding_environment_id_tab_effective_calibrated_id_idx" ON "finding"("environment_id", "tab", "effective", "calibrated", "id");

-- CreateIndex
CREATE INDEX "finding_environment_id_effective_calibrated_id_idx" ON "finding"("environment_id", "effective", "calibrated", "id");

-- CreateIndex
CREATE INDEX "finding_environment_id_tab_added_on_id_idx" ON "finding"("environment_id", "tab", "added_on", "id");

-- CreateIndex
CREATE INDEX "finding_environment_id_tab_decided_at_id_idx" ON "finding"("environment_id", "tab", "decided_at", "id");

-- CreateIndex
CREATE INDEX "finding_environment_id_tab_resolve_by_id_idx" ON "finding"("environment_id", "tab", "resolve_by", "id");

-- CreateIndex
CREATE INDEX "finding_asset_id_tab_effective_calibrated_id_idx" ON "finding"("asset_id", "tab", "effective", "calibrated", "id");

-- CreateIndex
CREATE INDEX "finding_environment_id_assignee_id_tab_idx" ON "finding"("environment_id", "assignee_id", "tab");

-- CreateIndex
CREATE INDEX "finding_environment_id_accepted_until_idx" ON "finding"("environment_id", "accepted_until");

-- CreateIndex
CREATE INDEX "finding_environment_id_re_review_idx" ON "finding"("environment_id", "re_review");

-- CreateIndex
CREATE INDEX "finding_environment_id_follow_up_on_idx" ON "finding"("environment_id", "follow_up_on");

-- CreateIndex
CREATE INDEX "finding_rule_id_idx" ON "finding"("rule_id");

-- CreateIndex
CREATE INDEX "finding_tags_idx" ON "finding" USING GIN ("tags");

-- CreateIndex
CREATE INDEX "finding_cve_idx" ON "finding" USING GIN ("cve");

-- CreateIndex
CREATE INDEX "finding_cwe_idx" ON "finding" USING GIN ("cwe");

-- CreateIndex
CREATE INDEX "finding_title_trgm" ON "finding" USING GIN ("title" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "finding_location_trgm" ON "finding" USING GIN ("location" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "finding_environment_id_id_key" ON "finding"("environment_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "finding_environment_id_number_key" ON "finding"("environment_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "finding_scope_id_fingerprint_key" ON "finding"("scope_id", "fingerprint");

-- CreateIndex
CREATE UNIQUE INDEX "finding_detail_environment_id_finding_id_key" ON "finding_detail"("environment_id", "finding_id");

-- CreateIndex
CREATE INDEX "evidence_finding_id_id_idx" ON "evidence"("finding_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "evidence_environment_id_id_key" ON "evidence"("environment_id", "id");

-- CreateIndex
CREATE INDEX "acceptance_finding_id_id_idx" ON "acceptance"("finding_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "acceptance_environment_id_id_key" ON "acceptance"("environment_id", "id");

-- CreateIndex
CREATE INDEX "bulk_environment_id_action_id_idx" ON "bulk"("environment_id", "action_id");

-- CreateIndex
CREATE UNIQUE INDEX "bulk_environment_id_id_key" ON "bulk"("environment_id", "id");

-- CreateIndex
CREATE INDEX "audit_event_environment_id_sequence_idx" ON "audit_event"("environment_id", "sequence");

-- CreateIndex
CREATE INDEX "audit_event_finding_id_sequence_idx" ON "audit_event"("finding_id", "sequence");

-- CreateIndex
CREATE INDEX "audit_event_action_id_idx" ON "audit_event"("action_id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_event_finding_id_version_key" ON "audit_event"("finding_id", "version");

-- CreateIndex
CREATE INDEX "outbox_sent_at_id_idx" ON "outbox"("sent_at", "id");

-- AddForeignKey
ALTER TABLE "policy" ADD CONSTRAINT "policy_environment_id_fkey" FOREIGN KEY ("environment_id") REFERENCES "environment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_environment_id_fkey" FOREIGN KEY ("environment_id") REFERENCES "environment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_environment_id_fkey" FOREIGN KEY ("environment_id") REFERENCES "environment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "idempotency_key" ADD CONSTRAINT "idempotency_key_environment_id_token_id_fkey" FOREIGN KEY ("environment_id", "token_id") REFERENCES "api_token"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "asset" ADD CONSTRAINT "asset_environment_id_fkey" FOREIGN KEY ("environment_id") REFERENCES "environment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "detector" ADD CONSTRAINT "detector_environment_id_fkey" FOREIGN KEY ("environment_id") REFERENCES "environment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scope" ADD CONSTRAINT "scope_environment_id_asset_id_fkey" FOREIGN KEY ("environment_id", "asset_id") REFERENCES "asset"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scope" ADD CONSTRAINT "scope_environment_id_detector_id_fkey" FOREIGN KEY ("environment_id", "detector_id") REFERENCES "detector"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rule" ADD CONSTRAINT "rule_environment_id_detector_id_fkey" FOREIGN KEY ("environment_id", "detector_id") REFERENCES "detector"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "upload" ADD CONSTRAINT "upload_environment_id_fkey" FOREIGN KEY ("environment_id") REFERENCES "environment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "upload_chunk" ADD CONSTRAINT "upload_chunk_environment_id_upload_id_fkey" FOREIGN KEY ("environment_id", "upload_id") REFERENCES "upload"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scan" ADD CONSTRAINT "scan_environment_id_fkey" FOREIGN KEY ("environment_id") REFERENCES "environment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scan" ADD CONSTRAINT "scan_environment_id_upload_id_fkey" FOREIGN KEY ("environment_id", "upload_id") REFERENCES "upload"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scan_part" ADD CONSTRAINT "scan_part_environment_id_scan_id_fkey" FOREIGN KEY ("environment_id", "scan_id") REFERENCES "scan"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scan_part" ADD CONSTRAINT "scan_part_environment_id_detector_id_fkey" FOREIGN KEY ("environment_id", "detector_id") REFERENCES "detector"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scan_scope" ADD CONSTRAINT "scan_scope_environment_id_scan_id_fkey" FOREIGN KEY ("environment_id", "scan_id") REFERENCES "scan"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scan_scope" ADD CONSTRAINT "scan_scope_environment_id_scope_id_fkey" FOREIGN KEY ("environment_id", "scope_id") REFERENCES "scope"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scan_change" ADD CONSTRAINT "scan_change_environment_id_scan_id_fkey" FOREIGN KEY ("environment_id", "scan_id") REFERENCES "scan"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scan_change" ADD CONSTRAINT "scan_change_environment_id_finding_id_fkey" FOREIGN KEY ("environment_id", "finding_id") REFERENCES "finding"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding" ADD CONSTRAINT "finding_environment_id_fkey" FOREIGN KEY ("environment_id") REFERENCES "environment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding" ADD CONSTRAINT "finding_environment_id_scope_id_asset_id_detector_id_fkey" FOREIGN KEY ("environment_id", "scope_id", "asset_id", "detector_id") REFERENCES "scope"("environment_id", "id", "asset_id", "detector_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding" ADD CONSTRAINT "finding_environment_id_asset_id_fkey" FOREIGN KEY ("environment_id", "asset_id") REFERENCES "asset"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding" ADD CONSTRAINT "finding_environment_id_detector_id_fkey" FOREIGN KEY ("environment_id", "detector_id") REFERENCES "detector"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding" ADD CONSTRAINT "finding_environment_id_rule_id_fkey" FOREIGN KEY ("environment_id", "rule_id") REFERENCES "rule"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding" ADD CONSTRAINT "finding_environment_id_assignee_id_fkey" FOREIGN KEY ("environment_id", "assignee_id") REFERENCES "membership"("environment_id", "person_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding" ADD CONSTRAINT "finding_environment_id_duplicate_of_fkey" FOREIGN KEY ("environment_id", "duplicate_of") REFERENCES "finding"("environment_id", "number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding" ADD CONSTRAINT "finding_environment_id_acceptance_id_fkey" FOREIGN KEY ("environment_id", "acceptance_id") REFERENCES "acceptance"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding_detail" ADD CONSTRAINT "finding_detail_environment_id_finding_id_fkey" FOREIGN KEY ("environment_id", "finding_id") REFERENCES "finding"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_environment_id_finding_id_fkey" FOREIGN KEY ("environment_id", "finding_id") REFERENCES "finding"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_approver_id_fkey" FOREIGN KEY ("approver_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_environment_id_scan_id_fkey" FOREIGN KEY ("environment_id", "scan_id") REFERENCES "scan"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "acceptance" ADD CONSTRAINT "acceptance_environment_id_finding_id_fkey" FOREIGN KEY ("environment_id", "finding_id") REFERENCES "finding"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "acceptance" ADD CONSTRAINT "acceptance_approver_id_fkey" FOREIGN KEY ("approver_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bulk" ADD CONSTRAINT "bulk_environment_id_fkey" FOREIGN KEY ("environment_id") REFERENCES "environment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bulk" ADD CONSTRAINT "bulk_environment_id_undo_of_fkey" FOREIGN KEY ("environment_id", "undo_of") REFERENCES "bulk"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_environment_id_fkey" FOREIGN KEY ("environment_id") REFERENCES "environment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_environment_id_finding_id_fkey" FOREIGN KEY ("environment_id", "finding_id") REFERENCES "finding"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_body" ADD CONSTRAINT "audit_body_sequence_fkey" FOREIGN KEY ("sequence") REFERENCES "audit_event"("sequence") ON DELETE RESTRICT ON UPDATE CASCADE;


