-- What a tracker was last told of a ticket, field by field: what it says now may not have been sent yet, or not at all. Differences are judged against this.
ALTER TABLE ticket ADD COLUMN sent jsonb;

-- Of tickets that stand over there already, what they say now is the best that is known of what was sent.
UPDATE ticket SET sent = jsonb_strip_nulls(jsonb_build_object('title', payload->'title', 'priority', payload->'priority', 'severity', payload->'severity', 'labels', payload->'labels'))
WHERE connector_id IS NOT NULL AND external_key IS NOT NULL AND payload <> '{}';
