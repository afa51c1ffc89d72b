-- A call is counted by one statement, whose clock is a number: milliseconds since 1970.
ALTER TABLE "rate_limit" ALTER COLUMN "expire" TYPE BIGINT USING (extract(epoch FROM "expire") * 1000)::bigint;
