-- Every page sums what stands beside the tabs, and read the days of all acceptances of a year, once for each slot, to add up those of two weeks. By day they lie together.
ALTER TABLE "queue_chip" DROP CONSTRAINT "queue_chip_pkey", ADD CONSTRAINT "queue_chip_pkey" PRIMARY KEY ("environment_id", "day", "chip", "slot");
