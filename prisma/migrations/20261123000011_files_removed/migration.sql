-- A stored report goes after a while; its name, size and hash stay, and since when it is gone.
ALTER TABLE "upload" ADD COLUMN "removed_at" TIMESTAMPTZ(6);
