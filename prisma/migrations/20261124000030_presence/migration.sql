-- Who looks at which finding, told every few seconds and true for a few more, on the wall clock. Nothing rests on it: it is lost with a
-- crash, and it is tied to nothing by a key, since a key would have a look wait for a decision.
CREATE UNLOGGED TABLE "presence" (
    "environment_id" INTEGER NOT NULL,
    "person_id" INTEGER NOT NULL,
    "tab" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "seen_at" TIMESTAMPTZ(6) NOT NULL DEFAULT now(),

    CONSTRAINT "presence_pkey" PRIMARY KEY ("environment_id", "person_id", "tab")
);
