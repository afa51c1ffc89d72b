-- What an import pays for each row that it writes: indexes, references, words. See lib/decisions/018-what-an-import-costs.md.

-- Words for the search. Titles repeat, and so do places without their line, so each stands once in a dictionary with trigrams; a finding
-- is found from there by the hash of its text. The hash only leads to candidates: the search compares the text itself.
CREATE FUNCTION docket_place(location text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT rtrim(location, '0123456789:')
$$;

-- CreateTable
CREATE TABLE "phrase" (
    "environment_id" INTEGER NOT NULL,
    "digest" BYTEA NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "phrase_pkey" PRIMARY KEY ("environment_id","digest")
);

-- AddForeignKey
ALTER TABLE "phrase" ADD CONSTRAINT "phrase_environment_id_fkey" FOREIGN KEY ("environment_id") REFERENCES "environment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE phrase ADD CONSTRAINT phrase_digest CHECK (digest = sha256(convert_to(text, 'UTF8')));
CREATE TRIGGER phrase_kept BEFORE UPDATE OR DELETE ON phrase FOR EACH ROW EXECUTE FUNCTION docket_refuse();
CREATE TRIGGER phrase_kept_whole BEFORE TRUNCATE ON phrase FOR EACH STATEMENT EXECUTE FUNCTION docket_refuse();

INSERT INTO phrase (environment_id, digest, text)
  SELECT DISTINCT environment_id, sha256(convert_to(text, 'UTF8')), text FROM (
    SELECT environment_id, title AS text FROM finding UNION ALL SELECT environment_id, docket_place(location) FROM finding) t;
-- CreateIndex
CREATE INDEX "phrase_text_trgm" ON "phrase" USING GIN ("text" gin_trgm_ops);

-- Whoever inserts findings, their words are in the dictionary. Sorted, so that two imports never wait for each other in a circle.
CREATE FUNCTION docket_learn_phrases() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO phrase (environment_id, digest, text)
    SELECT t.environment_id, sha256(convert_to(t.text, 'UTF8')), t.text FROM (
      SELECT environment_id, title AS text FROM newt UNION SELECT environment_id, docket_place(location) FROM newt) t
    WHERE NOT EXISTS (SELECT FROM phrase p WHERE p.environment_id = t.environment_id AND p.digest = sha256(convert_to(t.text, 'UTF8')))
    ORDER BY 1, 2 ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER finding_phrases_insert AFTER INSERT ON finding REFERENCING NEW TABLE AS newt FOR EACH STATEMENT EXECUTE FUNCTION docket_learn_phrases();

CREATE FUNCTION docket_learn_phrase() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO phrase (environment_id, digest, text)
    SELECT DISTINCT NEW.environment_id, sha256(convert_to(text, 'UTF8')), text FROM unnest(ARRAY[NEW.title, docket_place(NEW.location)]) AS t(text)
    ORDER BY 2 ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER finding_phrases_update AFTER UPDATE OF title, location ON finding FOR EACH ROW
  WHEN (OLD.title IS DISTINCT FROM NEW.title OR docket_place(OLD.location) IS DISTINCT FROM docket_place(NEW.location))
  EXECUTE FUNCTION docket_learn_phrase();

-- DropIndex
DROP INDEX "finding_title_trgm";
-- DropIndex
DROP INDEX "finding_location_trgm";
CREATE INDEX finding_title_hash ON finding (hashtextextended(title, 0));
CREATE INDEX finding_place_hash ON finding (hashtextextended(docket_place(location), 0));

-- Few findings have these: the others stay out of the index.
-- DropIndex
DROP INDEX "finding_environment_id_accepted_until_idx";
-- DropIndex
DROP INDEX "finding_environment_id_re_review_idx";
-- DropIndex
DROP INDEX "finding_environment_id_follow_up_on_idx";
-- DropIndex
DROP INDEX "finding_tags_idx";
CREATE INDEX finding_accepted_until_partial ON finding (environment_id, accepted_until) WHERE accepted_until IS NOT NULL;
CREATE INDEX finding_re_review_partial ON finding (environment_id, re_review) WHERE re_review IS NOT NULL;
CREATE INDEX finding_follow_up_on_partial ON finding (environment_id, follow_up_on) WHERE follow_up_on IS NOT NULL;
CREATE INDEX finding_tags_partial ON finding USING GIN (tags) WHERE tags <> '{}';

-- References of rows that come by the hundred thousand are checked once for each statement instead of once for each row. Dropped without
-- one: finding to environment, asset and detector, since its scope is bound to exactly those three. Nothing that is referred to goes away.
ALTER TABLE finding DROP CONSTRAINT finding_environment_id_fkey, DROP CONSTRAINT finding_environment_id_asset_id_fkey,
  DROP CONSTRAINT finding_environment_id_detector_id_fkey, DROP CONSTRAINT finding_environment_id_scope_id_asset_id_detector_id_fkey,
  DROP CONSTRAINT finding_environment_id_rule_id_fkey;
ALTER TABLE finding_detail DROP CONSTRAINT finding_detail_environment_id_finding_id_fkey;
ALTER TABLE scan_change DROP CONSTRAINT scan_change_environment_id_scan_id_fkey, DROP CONSTRAINT scan_change_environment_id_finding_id_fkey;

CREATE FUNCTION docket_kept_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% keeps its identity: findings may refer to it', TG_TABLE_NAME USING ERRCODE = 'foreign_key_violation';
END $$;
CREATE TRIGGER scope_kept BEFORE DELETE ON scope FOR EACH ROW EXECUTE FUNCTION docket_kept_identity();
CREATE TRIGGER scope_same BEFORE UPDATE OF id, environment_id, asset_id, detector_id ON scope FOR EACH ROW
  WHEN ((OLD.id, OLD.environment_id, OLD.asset_id, OLD.detector_id) IS DISTINCT FROM (NEW.id, NEW.environment_id, NEW.asset_id, NEW.detector_id))
  EXECUTE FUNCTION docket_kept_identity();
CREATE TRIGGER rule_kept BEFORE DELETE ON rule FOR EACH ROW EXECUTE FUNCTION docket_kept_identity();
CREATE TRIGGER rule_same BEFORE UPDATE OF id, environment_id ON rule FOR EACH ROW
  WHEN ((OLD.id, OLD.environment_id) IS DISTINCT FROM (NEW.id, NEW.environment_id)) EXECUTE FUNCTION docket_kept_identity();
CREATE TRIGGER finding_same BEFORE UPDATE OF id, environment_id, scope_id, asset_id, detector_id ON finding FOR EACH ROW
  WHEN ((OLD.id, OLD.environment_id, OLD.scope_id, OLD.asset_id, OLD.detector_id)
    IS DISTINCT FROM (NEW.id, NEW.environment_id, NEW.scope_id, NEW.asset_id, NEW.detector_id)) EXECUTE FUNCTION docket_kept_identity();
CREATE TRIGGER scan_kept BEFORE DELETE ON scan FOR EACH ROW WHEN (OLD.status = 'completed') EXECUTE FUNCTION docket_kept_identity();

CREATE FUNCTION docket_check_origin() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM (SELECT DISTINCT environment_id, scope_id, asset_id, detector_id FROM newt) n
      LEFT JOIN scope s ON s.id = n.scope_id AND s.environment_id = n.environment_id AND s.asset_id = n.asset_id AND s.detector_id = n.detector_id
      WHERE s.id IS NULL) THEN
    RAISE EXCEPTION 'a finding violates foreign key: its scope is none of this environment, asset and detector' USING ERRCODE = 'foreign_key_violation';
  END IF;
  IF EXISTS (SELECT FROM (SELECT DISTINCT environment_id, rule_id FROM newt) n
      LEFT JOIN rule r ON r.id = n.rule_id AND r.environment_id = n.environment_id WHERE r.id IS NULL) THEN
    RAISE EXCEPTION 'a finding violates foreign key: its rule is none of this environment' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER finding_origin AFTER INSERT ON finding REFERENCING NEW TABLE AS newt FOR EACH STATEMENT EXECUTE FUNCTION docket_check_origin();

CREATE FUNCTION docket_check_rule() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM rule WHERE id = NEW.rule_id AND environment_id = NEW.environment_id) THEN
    RAISE EXCEPTION 'a finding violates foreign key: its rule is none of this environment' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER finding_rule BEFORE UPDATE OF rule_id ON finding FOR EACH ROW WHEN (OLD.rule_id IS DISTINCT FROM NEW.rule_id)
  EXECUTE FUNCTION docket_check_rule();

CREATE FUNCTION docket_check_finding() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM newt n WHERE NOT EXISTS (SELECT FROM finding f WHERE f.id = n.finding_id AND f.environment_id = n.environment_id)) THEN
    RAISE EXCEPTION '% violates foreign key: there is no such finding in its environment', TG_TABLE_NAME USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER finding_detail_finding AFTER INSERT ON finding_detail REFERENCING NEW TABLE AS newt FOR EACH STATEMENT EXECUTE FUNCTION docket_check_finding();
CREATE TRIGGER scan_change_finding AFTER INSERT ON scan_change REFERENCING NEW TABLE AS newt FOR EACH STATEMENT EXECUTE FUNCTION docket_check_finding();
CREATE TRIGGER finding_detail_same BEFORE UPDATE OF environment_id, finding_id ON finding_detail FOR EACH ROW
  WHEN ((OLD.environment_id, OLD.finding_id) IS DISTINCT FROM (NEW.environment_id, NEW.finding_id)) EXECUTE FUNCTION docket_kept_identity();

CREATE FUNCTION docket_check_scan() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM (SELECT DISTINCT environment_id, scan_id FROM newt) n
      WHERE NOT EXISTS (SELECT FROM scan s WHERE s.id = n.scan_id AND s.environment_id = n.environment_id)) THEN
    RAISE EXCEPTION 'scan_change violates foreign key: there is no such scan in its environment' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER scan_change_scan AFTER INSERT ON scan_change REFERENCING NEW TABLE AS newt FOR EACH STATEMENT EXECUTE FUNCTION docket_check_scan();

-- The plans of these checks are kept from their first call, which may have been for one row: no comparing pair by pair.
-- Rows of a statement against a table of any size: through its key, or by one hash join.
ALTER FUNCTION docket_check_finding() SET plan_cache_mode = force_custom_plan;
ALTER FUNCTION docket_check_origin() SET plan_cache_mode = force_custom_plan;
ALTER FUNCTION docket_learn_phrases() SET plan_cache_mode = force_custom_plan;

-- The importer's role gives numbers to what it brings, and moves the clocks with the detection that moves them, in one write.
GRANT INSERT (id) ON finding TO docket_scanner;
GRANT UPDATE (sla_started_at, sla_paused_at, acknowledge_by, resolve_by) ON finding TO docket_scanner;

-- What the foreign keys said, and what the search rests on, as checks of health; each one pass over what it compares.
CREATE VIEW invariant_origins AS
  (SELECT 'scope' AS of, environment_id, scope_id, asset_id, detector_id FROM finding EXCEPT SELECT 'scope', environment_id, id, asset_id, detector_id FROM scope)
  UNION ALL (SELECT 'rule', environment_id, rule_id, 0, 0 FROM finding EXCEPT SELECT 'rule', environment_id, id, 0, 0 FROM rule);

CREATE VIEW invariant_belongings AS
  (SELECT 'detail' AS of, environment_id, finding_id AS id FROM finding_detail EXCEPT SELECT 'detail', environment_id, id FROM finding)
  UNION ALL (SELECT 'change', environment_id, finding_id FROM scan_change EXCEPT SELECT 'change', environment_id, id FROM finding)
  UNION ALL (SELECT 'scan', environment_id, scan_id FROM scan_change EXCEPT SELECT 'scan', environment_id, id FROM scan);

CREATE VIEW invariant_phrases AS
  (SELECT environment_id, title AS text FROM finding EXCEPT SELECT environment_id, text FROM phrase)
  UNION ALL (SELECT environment_id, docket_place(location) FROM finding EXCEPT SELECT environment_id, text FROM phrase);
