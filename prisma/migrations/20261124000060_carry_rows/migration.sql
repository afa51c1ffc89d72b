-- A preview shows which decisions would be proposed for carrying over.
ALTER TYPE "scan_row_kind" ADD VALUE 'carry';

-- Who let a scan go that was shown or held, and when, without reading the rest of the log.
CREATE INDEX audit_event_of_scan ON audit_event ((CASE WHEN record_type = 'scan' THEN record_number END), sequence) WHERE record_type = 'scan';
