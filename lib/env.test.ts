import { expect, test } from "vitest";
import { readEnvironment } from "./env-schema.mjs";

const faultsOf = (source: Record<string, string>): string[] => {
  const answer = readEnvironment(source);
  return answer.ok ? [] : answer.faults;
};

test("nothing set is a good environment, and an empty variable is an unset one", () => {
  expect(readEnvironment({ PORT: "", DATABASE_URL: "" })).toMatchObject({
    ok: true,
    environment: { PORT: 3000, HOST: "127.0.0.1", DOCKET_DATA_DIR: ".docket", DOCKET_WORKER: "1", DOCKET_DEMO_ACCOUNTS: "0" },
  });
});

test.each([
  [{ PORT: "80a" }, 'PORT must be a port number (it is "80a")'],
  [{ PORT: "0" }, 'PORT must be from 1 to 65535 (it is "0")'],
  [{ PORT: "3000.5" }, 'PORT must be a port number (it is "3000.5")'],
  [{ HOST: "two words" }, 'HOST must be a host name or an address (it is "two words")'],
  [{ DOCKET_DEMO: "yes" }, 'DOCKET_DEMO must be 0 or 1 (it is "yes")'],
  [{ AUTH_URL: "docket.example.org" }, 'AUTH_URL must be an address that begins with http:// or https:// (it is "docket.example.org")'],
  [{ DOCKET_SECRET_KEY: "short" }, "DOCKET_SECRET_KEY must be 64 hexadecimal digits"],
  [{ OIDC_ISSUER: "https://id.example.org", OIDC_CLIENT_ID: "docket" }, "OIDC_CLIENT_SECRET is missing: single sign-on needs all three OIDC variables"],
])("%o is answered in one sentence", (source, sentence) => {
  expect(faultsOf(source)).toEqual([sentence]);
});

test("a wrong secret is named but never repeated", () => {
  const [fault] = faultsOf({ DATABASE_URL: "mysql://root:hunter2@db/x" });
  expect(fault).toBe("DATABASE_URL must be an address that begins with postgresql://");
});
