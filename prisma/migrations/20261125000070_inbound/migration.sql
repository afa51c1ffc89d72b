-- What trackers say comes by webhooks and by asking. A report is matched to its ticket by the id over there, which outlives a move to another key.
CREATE INDEX ticket_external_id_partial ON ticket (connector_id, external_id) WHERE external_id IS NOT NULL;
-- Tickets that were not heard of for longest are looked at one by one: an issue that was deleted is in no list of changes.
CREATE INDEX ticket_unheard_partial ON ticket (connector_id, external_at NULLS FIRST, id) WHERE external_key IS NOT NULL AND state = 'open';
CREATE INDEX hook_unread_partial ON hook (connector_id, id) WHERE settled_at IS NULL;
CREATE INDEX hook_settled_partial ON hook (settled_at) WHERE settled_at IS NOT NULL;
