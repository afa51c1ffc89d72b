-- The inventory's orders and its search: ranks as stored columns, so that "most exposed first" is read off an index.
-- What nobody has classified yet stands before what is known to be harmless.
ALTER TABLE "asset" ADD COLUMN     "exposure_rank" SMALLINT NOT NULL GENERATED ALWAYS AS (
    CASE exposure WHEN 'internet' THEN 0 WHEN 'partner' THEN 1 WHEN 'unknown' THEN 2 WHEN 'internal' THEN 3 ELSE 4 END) STORED,
ADD COLUMN     "sensitivity_rank" SMALLINT NOT NULL GENERATED ALWAYS AS (
    CASE sensitivity WHEN 'restricted' THEN 0 WHEN 'confidential' THEN 1 WHEN 'unknown' THEN 2 WHEN 'internal' THEN 3 ELSE 4 END) STORED;

-- CreateIndex
CREATE INDEX "asset_environment_id_exposure_rank_sensitivity_rank_name_idx" ON "asset"("environment_id", "exposure_rank", "sensitivity_rank", "name");

-- CreateIndex
CREATE INDEX "asset_name_trgm" ON "asset" USING GIN ("name" gin_trgm_ops);

-- The history of one asset, without weighing on the rest of the log.
CREATE INDEX audit_event_of_asset ON audit_event ((CASE WHEN record_type = 'asset' THEN record_number END), sequence) WHERE record_type = 'asset';

-- Nothing is deleted, and nothing that people say about an asset changes without its entry in the same transaction.
-- Imports bring new assets: what they found stands in the entry of their scan.
CREATE TRIGGER asset_kept BEFORE DELETE ON asset FOR EACH ROW EXECUTE FUNCTION docket_refuse();
CREATE TRIGGER asset_kept_whole BEFORE TRUNCATE ON asset FOR EACH STATEMENT EXECUTE FUNCTION docket_refuse();

CREATE FUNCTION docket_check_assets() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE lost text;
BEGIN
  SELECT format('asset %s of environment %s', n.id, n.environment_id) INTO lost
  FROM newt n JOIN oldt o ON o.id = n.id
  WHERE (n.name, n.kind, n.exposure, n.sensitivity, n.owner, n.team, n.decommission_on, n.version)
    IS DISTINCT FROM (o.name, o.kind, o.exposure, o.sensitivity, o.owner, o.team, o.decommission_on, o.version)
    AND (n.version <= o.version OR NOT EXISTS (
      SELECT FROM audit_event e WHERE e.record_type = 'asset' AND (CASE WHEN e.record_type = 'asset' THEN e.record_number END) = n.id
        AND e.environment_id = n.environment_id AND e.transaction_id = pg_current_xact_id()::text::bigint))
  LIMIT 1;
  IF lost IS NOT NULL THEN
    RAISE EXCEPTION '% was changed without its entry in the log', lost USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER asset_change_is_logged AFTER UPDATE ON asset REFERENCING NEW TABLE AS newt OLD TABLE AS oldt
  FOR EACH STATEMENT EXECUTE FUNCTION docket_check_assets();
