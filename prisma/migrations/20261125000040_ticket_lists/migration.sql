-- Which findings are on an open ticket (is:ticketed), the newest tickets of a state, and the words of a title.
CREATE INDEX ticket_finding_open_partial ON ticket_finding (finding_id) WHERE is_open;
CREATE INDEX ticket_title_trgm ON ticket USING GIN (title gin_trgm_ops);
CREATE INDEX ticket_external_key_trgm ON ticket USING GIN (external_key gin_trgm_ops);
