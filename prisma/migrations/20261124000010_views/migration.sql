-- Saved views of the queue, how each person has set theirs up, what they starred, and what they were told of.

-- CreateEnum
CREATE TYPE "density" AS ENUM ('comfortable', 'compact');

-- CreateTable
CREATE TABLE "saved_view" (
    "id" SERIAL NOT NULL,
    "environment_id" INTEGER NOT NULL,
    "owner_id" INTEGER,
    "created_by" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "is_shared" BOOLEAN NOT NULL DEFAULT false,
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "address" TEXT NOT NULL,
    "columns" TEXT[],
    "density" "density" NOT NULL DEFAULT 'comfortable',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT docket_now(),
    "changed_at" TIMESTAMPTZ(6) NOT NULL DEFAULT docket_now(),

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "queue_desk" (
    "environment_id" INTEGER NOT NULL,
    "person_id" INTEGER NOT NULL,
    "columns" TEXT[],
    "density" "density",
    "default_view_id" INTEGER,
    "last_view_id" INTEGER,
    "last_address" TEXT,
    "last_at" TIMESTAMPTZ(6),
    "last_columns" TEXT[],
    "last_density" "density",
    "pins" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "recent" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "lost" TEXT,

    CONSTRAINT "queue_desk_pkey" PRIMARY KEY ("environment_id","person_id")
);

-- CreateTable
CREATE TABLE "bookmark" (
    "environment_id" INTEGER NOT NULL,
    "person_id" INTEGER NOT NULL,
    "finding_id" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT docket_now(),

    CONSTRAINT "bookmark_pkey" PRIMARY KEY ("environment_id","person_id","finding_id")
);

-- CreateTable
CREATE TABLE "finding_share" (
    "environment_id" INTEGER NOT NULL,
    "person_id" INTEGER NOT NULL,
    "finding_id" INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    "note" TEXT,
    "shared_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "finding_share_pkey" PRIMARY KEY ("environment_id","person_id","finding_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "saved_view_environment_id_id_key" ON "saved_view"("environment_id", "id");

-- CreateIndex
CREATE INDEX "queue_desk_default_view_id_idx" ON "queue_desk"("default_view_id");

-- CreateIndex
CREATE INDEX "queue_desk_last_view_id_idx" ON "queue_desk"("last_view_id");

-- CreateIndex
CREATE INDEX "finding_share_finding_id_idx" ON "finding_share"("finding_id");

-- AddForeignKey
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_environment_id_fkey" FOREIGN KEY ("environment_id") REFERENCES "environment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_environment_id_owner_id_fkey" FOREIGN KEY ("environment_id", "owner_id") REFERENCES "membership"("environment_id", "person_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_desk" ADD CONSTRAINT "queue_desk_environment_id_person_id_fkey" FOREIGN KEY ("environment_id", "person_id") REFERENCES "membership"("environment_id", "person_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_desk" ADD CONSTRAINT "queue_desk_environment_id_default_view_id_fkey" FOREIGN KEY ("environment_id", "default_view_id") REFERENCES "saved_view"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_desk" ADD CONSTRAINT "queue_desk_environment_id_last_view_id_fkey" FOREIGN KEY ("environment_id", "last_view_id") REFERENCES "saved_view"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bookmark" ADD CONSTRAINT "bookmark_environment_id_person_id_fkey" FOREIGN KEY ("environment_id", "person_id") REFERENCES "membership"("environment_id", "person_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bookmark" ADD CONSTRAINT "bookmark_environment_id_finding_id_fkey" FOREIGN KEY ("environment_id", "finding_id") REFERENCES "finding"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding_share" ADD CONSTRAINT "finding_share_environment_id_person_id_fkey" FOREIGN KEY ("environment_id", "person_id") REFERENCES "membership"("environment_id", "person_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding_share" ADD CONSTRAINT "finding_share_environment_id_finding_id_fkey" FOREIGN KEY ("environment_id", "finding_id") REFERENCES "finding"("environment_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A name says which view is meant: once among those that are shared here, once among one person's own.
CREATE UNIQUE INDEX saved_view_shared_name_partial ON saved_view (environment_id, lower(name)) WHERE is_shared;
CREATE UNIQUE INDEX saved_view_own_name_partial ON saved_view (environment_id, owner_id, lower(name)) WHERE NOT is_shared;
CREATE UNIQUE INDEX saved_view_default_partial ON saved_view (environment_id) WHERE is_default;

ALTER TABLE saved_view ADD CONSTRAINT saved_view_bounded CHECK (length(name) BETWEEN 1 AND 80 AND length(description) <= 500 AND length(address) <= 20000 AND cardinality(columns) <= 60),
  ADD CONSTRAINT saved_view_owned CHECK (is_shared OR owner_id IS NOT NULL),
  ADD CONSTRAINT saved_view_default_shared CHECK (is_shared OR NOT is_default);
ALTER TABLE queue_desk ADD CONSTRAINT queue_desk_bounded CHECK (length(last_address) <= 20000 AND cardinality(pins) <= 20 AND cardinality(recent) <= 20);
