-- An import asks for the duplicates of what it reopens; few findings are one.
CREATE INDEX finding_duplicate_of_partial ON finding (environment_id, duplicate_of) WHERE duplicate_of IS NOT NULL;
