-- Acceptances by tab and their last day: what runs out soon is few in its tab and nothing in the others, and is known so at once. One write for what is accepted, none for what arrives;
-- made in one pass over the findings (a second at a million). The sweep that ends acceptances goes on by the index without the tab.
CREATE INDEX finding_expiring_partial ON finding (environment_id, tab, accepted_until) WHERE accepted_until IS NOT NULL;
