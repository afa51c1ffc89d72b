/** Kinds whose senders have no way of signing that is their own. */
export const SIGNS_OUR_WAY: readonly string[] = ["servicenow", "custom"];

/** A report of each kind as it may look, in one line: the names are those that the connector reads. */
const BODIES: Readonly<Record<string, string>> = {
  servicenow: '{"sys_id":"9d385017c611228701d22104cc95c371","number":"INC0010023","state":"6","short_description":"Renamed over there","sys_updated_on":"2026-11-21 14:05:00"}',
  custom: '{"key":"REQ-42","status":"Done","title":"Renamed over there"}',
};

/** A webhook as a shell sends one: signed over the seconds, a dot and the body. */
export function exampleFor(kind: string, address: string): string {
  return [
    "secret='the secret of this connector'",
    `body='${BODIES[kind] ?? "{}"}'`,
    'time=$(date +%s)',
    `signature=$(printf '%s.%s' "$time" "$body" | openssl dgst -sha256 -hmac "$secret" -r | cut -d' ' -f1)`,
    `curl -sS -X POST '${address}' \\`,
    "  -H 'content-type: application/json' \\",
    '  -H "x-docket-timestamp: $time" \\',
    '  -H "x-docket-signature: sha256=$signature" \\',
    '  -H "x-docket-delivery: $(uuidgen)" \\',
    '  --data-binary "$body"',
  ].join("\n");
}
