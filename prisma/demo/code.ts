/** What a code scanner finds in repositories. */
export type CodeRule = { id: string; name: string; level: "error" | "warning" | "note"; score: number; cwe: number; message: string; line: string; places: number };

export const RULES: readonly CodeRule[] = [
  { id: "sql-string-concat", name: "SQL built from strings", level: "error", score: 8.8, cwe: 89, message: "The query is put together from request text: bind the value instead.", line: "db.query(\"select * from account where name = '\" + req.query.name + \"'\")", places: 3 },
  { id: "command-from-input", name: "Command line built from input", level: "error", score: 9.8, cwe: 78, message: "Request text reaches a shell.", line: "exec(`convert ${req.body.file} out.png`)", places: 1 },
  { id: "path-from-input", name: "File path built from input", level: "error", score: 7.5, cwe: 22, message: "A path from outside is joined without being checked.", line: "res.sendFile(path.join(ROOT, req.params.name))", places: 2 },
  { id: "server-side-request", name: "Outgoing address taken from input", level: "error", score: 8.6, cwe: 918, message: "The server fetches an address that the caller chose.", line: "await fetch(req.body.avatar)", places: 2 },
  { id: "secret-in-source", name: "Credential in source code", level: "error", score: 7.5, cwe: 798, message: "Something that looks like a live credential is written here.", line: "const token = process.env.TOKEN ?? \"****\"", places: 1 },
  { id: "unsafe-html", name: "Raw HTML from data", level: "warning", score: 6.1, cwe: 79, message: "Data is shown as HTML without being cleaned.", line: "<div dangerouslySetInnerHTML={{ __html: comment.body }} />", places: 4 },
  { id: "open-redirect", name: "Redirect to an address from input", level: "warning", score: 6.1, cwe: 601, message: "The caller chooses where the browser goes next.", line: "res.redirect(req.query.next)", places: 2 },
  { id: "weak-hash", name: "MD5 or SHA-1 for security", level: "warning", score: 5.3, cwe: 328, message: "This digest no longer withstands an attacker.", line: "createHash(\"md5\").update(password)", places: 4 },
  { id: "jwt-without-verify", name: "Token read without checking its signature", level: "error", score: 9.1, cwe: 347, message: "The claims are used before the signature is checked.", line: "const claims = jwt.decode(header)", places: 1 },
  { id: "slow-regex", name: "Regular expression with catastrophic backtracking", level: "warning", score: 5.3, cwe: 1333, message: "A long input keeps this expression busy for minutes.", line: "/^(a+)+$/.test(name)", places: 3 },
  { id: "cookie-without-flags", name: "Cookie without Secure or HttpOnly", level: "warning", score: 4.3, cwe: 614, message: "The session cookie can be read by scripts or sent in clear.", line: "res.cookie(\"sid\", sid)", places: 3 },
  { id: "tls-check-off", name: "Certificate check switched off", level: "error", score: 7.4, cwe: 295, message: "Anybody in the path can answer instead of the server.", line: "new Agent({ rejectUnauthorized: false })", places: 1 },
  { id: "debug-left-on", name: "Debug mode in production code", level: "note", score: 3.1, cwe: 489, message: "Debug output shows internals to visitors.", line: "app.run(debug=True)", places: 2 },
  { id: "error-text-shown", name: "Internal error text sent to the caller", level: "note", score: 3.1, cwe: 209, message: "The message of an exception reaches the answer.", line: "res.status(500).send(String(error))", places: 5 },
  { id: "random-not-secure", name: "Predictable random number for a token", level: "warning", score: 5.9, cwe: 338, message: "Math.random can be foreseen.", line: "const code = Math.random().toString(36)", places: 3 },
  { id: "todo-security", name: "Security note left in a comment", level: "note", score: 0, cwe: 546, message: "A comment says that a check is still missing.", line: "// FIXME: check the owner before deleting", places: 3 },
];

export const REPOSITORIES = {
  production: ["shop-web", "shop-checkout", "shop-search", "pay-api", "pay-ledger", "id-login", "data-etl", "reports", "infra", "mobile-gateway", "chat-bot", "edge-rules"].map((name) => `https://git.acme.test/${name}`),
  staging: ["shop-web-next", "pay-api-next", "id-login-next", "shop-search-next"].map((name) => `https://git.acme.test/${name}`),
} as const;

export const FOLDERS = ["src/routes", "src/lib", "src/auth", "src/jobs", "server", "web/components", "tools"] as const;
