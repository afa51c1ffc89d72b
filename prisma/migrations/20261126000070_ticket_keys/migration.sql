-- An issue belongs to one ticket alone; asked at the end of a statement, so that tickets whose issues were moved over there may change keys with each other.
DROP INDEX ticket_external_key_partial;
ALTER TABLE ticket ADD CONSTRAINT ticket_external_key_partial
  EXCLUDE USING btree (connector_id WITH =, external_key WITH =) WHERE (external_key IS NOT NULL) DEFERRABLE INITIALLY IMMEDIATE;
