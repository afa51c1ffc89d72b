-- Sessions that were signed out of before their time: a copy of their cookie is worth nothing. Kept until they would have ended anyway.

-- CreateTable
CREATE TABLE "signed_out_session" (
    "id" UUID NOT NULL,
    "until" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "signed_out_session_pkey" PRIMARY KEY ("id")
);
