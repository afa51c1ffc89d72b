-- When anything last looked at an asset by a detector, whether or not that look covered it whole: what the inventory tells. Statuses depend on last_scanned alone.
ALTER TABLE "scope" ADD COLUMN     "looked_at" TIMESTAMPTZ(6);

UPDATE "scope" s SET "looked_at" = greatest(o."last_scanned", l.at)
FROM "scope" o LEFT JOIN (
  SELECT p.scope_id, max(p.taken_at) AS at FROM scan_scope p JOIN scope x ON x.id = p.scope_id JOIN scan c ON c.id = p.scan_id AND c.status = 'completed'
  WHERE NOT EXISTS (SELECT FROM scan_part f WHERE f.scan_id = p.scan_id AND f.detector_id = x.detector_id AND f.failed) GROUP BY p.scope_id
) l ON l.scope_id = o.id
WHERE s.id = o.id AND greatest(o."last_scanned", l.at) IS NOT NULL;
