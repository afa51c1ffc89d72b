-- Every call of a token counts one point, and waited until that was on the disk. What is lost with a crash of the server is how often somebody called or
-- mistyped a password within the last minutes; a restart keeps it.
ALTER TABLE "rate_limit" SET UNLOGGED;
