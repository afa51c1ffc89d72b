-- Coverage by file: a tool that could not read one file has looked at all others.
ALTER TABLE "scan_part" ADD COLUMN "unread" TEXT[] DEFAULT ARRAY[]::TEXT[];
ALTER TYPE "scan_row_kind" ADD VALUE 'unread';
