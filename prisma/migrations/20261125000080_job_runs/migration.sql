-- The queue forgets a job that is done: when each ran well last, and what went wrong last, stands here.
CREATE TABLE "job_run" (
    "name" TEXT NOT NULL,
    "runs" BIGINT NOT NULL DEFAULT 0,
    "failures" BIGINT NOT NULL DEFAULT 0,
    "last_success" TIMESTAMPTZ(6),
    "last_failure" TIMESTAMPTZ(6),
    "last_error" TEXT,

    CONSTRAINT "job_run_pkey" PRIMARY KEY ("name")
);
