-- A scan that named the ports that it looked at says nothing of others: a finding on one of those tells so.
ALTER TABLE "scan_part" ADD COLUMN     "ports_said" BOOLEAN NOT NULL DEFAULT false;
