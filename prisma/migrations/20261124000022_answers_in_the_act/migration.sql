-- What a call with an Idempotency-Key did, written by the transaction that did it: an answer that got lost is made again from here.
-- AlterTable
ALTER TABLE "idempotency_key" ADD COLUMN     "done" BYTEA;
