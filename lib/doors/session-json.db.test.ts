import { expect, test, vi } from "vitest";
import { makeEnvironment, makeMember } from "@/lib/testing/make";
import { call } from "@/lib/testing/rest";
import { SESSION_COOKIE, sealSession } from "./session-cookie";

const jar = vi.hoisted((): { value: string | undefined; name: string } => ({ value: undefined, name: "" }));
vi.mock("next/headers", () => ({
  cookies: () => Promise.resolve({ get: (name: string) => (name === jar.name && jar.value !== undefined ? { name, value: jar.value } : undefined) }),
}));

const OURS = { headers: { "sec-fetch-site": "same-origin" } };

test("a screen's call is asked where it comes from before who asks, and is answered with a Result whatever becomes of it", async () => {
  const environment = await makeEnvironment();
  const elsewhere = await makeEnvironment();
  const member = await makeMember(environment, "analyst");
  jar.name = SESSION_COOKIE;
  const search = (headers: Record<string, string>, bytes: string, at = environment) => call("POST", `/api/e/${at}/search`, { headers, bytes });

  expect(await search({ "sec-fetch-site": "cross-site" }, "{"), "signed out, from another site, unreadable").toMatchObject({ status: 403, body: { ok: false, refusal: { code: "forbidden" } } });
  expect(await search(OURS.headers, "{")).toMatchObject({ status: 401, body: { ok: false, refusal: { code: "unauthenticated" } } });

  jar.value = await sealSession({ person: member.personId, version: 1 });
  expect(await search(OURS.headers, "{")).toMatchObject({ status: 422, body: { ok: false, refusal: { code: "invalid" } } });
  expect(await search(OURS.headers, JSON.stringify({ text: "log4j" }))).toMatchObject({ status: 200, body: { ok: true, value: [] } });
  expect(await search(OURS.headers, JSON.stringify({ text: "log4j", environment }), elsewhere), "the address says where").toMatchObject({ status: 404 });
});
