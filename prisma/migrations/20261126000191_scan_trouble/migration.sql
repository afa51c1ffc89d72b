-- Why a scan waits that broke off by no fault of its report. Tries count runners that vanished from now on, and no others.
ALTER TABLE "scan" ADD COLUMN     "trouble" TEXT;
UPDATE "scan" SET "tries" = 0 WHERE "tries" <> 0;
