-- What the filter language looks up while somebody types, and filters by: packages by name, tags of those few findings that have any.
CREATE INDEX finding_package_partial ON finding (environment_id, package) WHERE package IS NOT NULL;
CREATE INDEX finding_tagged_partial ON finding (environment_id, id) WHERE tags <> '{}';
