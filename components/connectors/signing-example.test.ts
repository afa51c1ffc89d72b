import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exampleFor, SIGNS_OUR_WAY } from "./signing-example";

// The example is run as it stands. In place of openssl and curl stand scripts that take the words openssl takes, and say what curl was given.
let tools = "";
const tool = (name: string, text: string) => { writeFileSync(path.join(tools, name), `#!${process.execPath}\n${text}`); chmodSync(path.join(tools, name), 0o755); };

beforeAll(() => {
  tools = mkdtempSync(path.join(tmpdir(), "docket-signing-"));
  tool("openssl", `
    const [dgst, sha256, hmac, secret, brief] = process.argv.slice(2);
    if (dgst !== "dgst" || sha256 !== "-sha256" || hmac !== "-hmac" || brief !== "-r") process.exit(2);
    console.log(require("node:crypto").createHmac("sha256", secret).update(require("node:fs").readFileSync(0)).digest("hex") + " *stdin");`);
  tool("curl", "console.log(JSON.stringify(process.argv.slice(2)));");
  tool("uuidgen", 'console.log("a-name");');
}, 30_000);
afterAll(() => rmSync(tools, { recursive: true, force: true }));

test.each(SIGNS_OUR_WAY)("the example for %s, run by a shell, sends a body with the signature over time, dot and body", (kind) => {
  const address = "https://docket.example.test/api/webhooks/abc";
  const said = execFileSync("/bin/sh", ["-c", exampleFor(kind, address)], { env: { ...process.env, PATH: `${tools}:${process.env.PATH ?? ""}` }, encoding: "utf8" });
  const words: readonly string[] = JSON.parse(said);
  const header = (name: string) => words.find((word) => word.startsWith(`${name}: `))?.slice(name.length + 2) ?? "";
  const body = words.at(-1) ?? "";
  expect(words).toContain(address);
  expect(Math.abs(Number(header("x-docket-timestamp")) - Date.now() / 1_000)).toBeLessThan(120);
  expect(header("x-docket-signature")).toBe(`sha256=${createHmac("sha256", "the secret of this connector").update(`${header("x-docket-timestamp")}.${body}`).digest("hex")}`);
  expect(header("x-docket-delivery")).toBe("a-name");
  expect(JSON.parse(body)).toMatchObject(kind === "servicenow" ? { number: "INC0010023" } : { key: "REQ-42" });
}, 30_000);
