-- A bulk action that is shown before it is done. A migration of its own: a new word can be used only after it is committed.
ALTER TYPE "bulk_status" ADD VALUE 'previewed' BEFORE 'queued';
