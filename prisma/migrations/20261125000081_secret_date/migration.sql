-- When the secret of a connector was given last: all that is ever told of it.
ALTER TABLE "connector" ADD COLUMN "secret_at" TIMESTAMPTZ(6);
UPDATE "connector" SET "secret_at" = "created_at" WHERE "sealed" IS NOT NULL;
