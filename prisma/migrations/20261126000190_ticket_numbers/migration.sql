-- An import draws the numbers of its findings from the environment and holds that row until it commits: whoever made a ticket meanwhile waited for its end,
-- with findings and tickets in hand that the import might want next. Numbers of tickets have a row of their own, which no import takes.
CREATE TABLE "ticket_number" (
    "environment_id" INTEGER NOT NULL,
    "next" INTEGER NOT NULL,

    CONSTRAINT "ticket_number_pkey" PRIMARY KEY ("environment_id")
);

ALTER TABLE "ticket_number" ADD CONSTRAINT "ticket_number_environment_id_fkey" FOREIGN KEY ("environment_id") REFERENCES "environment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

INSERT INTO "ticket_number" ("environment_id", "next") SELECT "id", "next_ticket" FROM "environment" WHERE "next_ticket" > 1;

ALTER TABLE "environment" DROP COLUMN "next_ticket";

GRANT SELECT ON "ticket_number" TO docket_scanner;
