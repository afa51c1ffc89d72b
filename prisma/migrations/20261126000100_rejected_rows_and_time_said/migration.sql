-- A look of which rows could not be read covers nothing; and its sender may say when it was taken, where the report does not.

-- AlterTable
ALTER TABLE "scan" ADD COLUMN     "taken_said" TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "scan_part" ADD COLUMN     "rejected" INTEGER NOT NULL DEFAULT 0;
