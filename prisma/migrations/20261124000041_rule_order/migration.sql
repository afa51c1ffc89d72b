-- Findings by the name of their check: the checks in order, the findings of each through its own index.
-- CreateIndex
CREATE INDEX "rule_environment_id_name_id_idx" ON "rule"("environment_id", "name", "id");
