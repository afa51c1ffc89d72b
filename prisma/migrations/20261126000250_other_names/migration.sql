-- What else reports call an asset: host names and addresses, beside the name that it is known by. Imports alone write them, by union.
-- Cheap at any size: the default stands in the catalogue, no row is written, and the index begins without an entry.
ALTER TABLE "asset" ADD COLUMN     "other_names" TEXT[] NOT NULL DEFAULT '{}';

-- Most assets have none.
CREATE INDEX "asset_other_names_partial" ON "asset" USING GIN ("other_names") WHERE other_names <> '{}';

GRANT UPDATE (other_names) ON asset TO docket_scanner;
