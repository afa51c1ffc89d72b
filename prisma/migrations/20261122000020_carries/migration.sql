-- Proposals of a scan, in their order.
-- CreateIndex
CREATE INDEX "carry_scan_id_id_idx" ON "carry"("scan_id", "id");
