import { createConfig, lintFromString } from "@redocly/openapi-core";
import { expect, test } from "vitest";
import { openApiDocument } from "./openapi";
import { OPERATIONS } from "./operations/all";

const document = openApiDocument("http://127.0.0.1:3000");

/** Two paths look ambiguous and are not: a finding is named by a number, so "bulk" is none. A local address is what a start has. */
const OFF = { "no-ambiguous-paths": "off", "no-server-example.com": "off" } as const;

async function faultsOf(described: unknown): Promise<string[]> {
  const config = await createConfig({ extends: ["recommended"], rules: OFF });
  const found = await lintFromString({ source: JSON.stringify(described), config });
  return found.map(({ severity, ruleId, message, location }) => `${severity} ${ruleId}: ${message} ${location[0]?.pointer ?? ""}`);
}

test("the document is sound OpenAPI 3.1, and a wrong one would be noticed", async () => {
  expect(document.openapi).toBe("3.1.0");
  expect(await faultsOf(document)).toEqual([]);
  const broken: unknown = JSON.parse(JSON.stringify(document).replace("#/components/schemas/Finding", "#/components/schemas/Gone"));
  expect((await faultsOf(broken)).join()).toContain("no-unresolved-refs");
});

test("every call of the list is described, with its refusals", () => {
  for (const [name, { method, path, status }] of Object.entries(OPERATIONS)) {
    const described = document.paths?.[`/api/v1${path}`]?.[method];
    expect(described?.operationId).toBe(name);
    expect(Object.keys(described?.responses ?? {})).toEqual(expect.arrayContaining([String(status), "401", "404", "422", "429"]));
  }
});
