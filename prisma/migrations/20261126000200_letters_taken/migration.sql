-- Who has a letter already, where the server put others off: those alone are written to again.
ALTER TABLE mail ADD COLUMN taken text[] NOT NULL DEFAULT '{}';
