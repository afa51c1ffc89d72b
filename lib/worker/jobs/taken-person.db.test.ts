import { expect, test, vi } from "vitest";
import { acceptDrift } from "@/lib/commands/tickets/accept-drift";
import { makeEnvironment, makeMember } from "@/lib/testing/make";
import { ticketThere } from "@/lib/testing/ticket-there";

vi.hoisted(() => {
  process.env["DOCKET_TRACKERS_INSIDE"] = "1"; // the stub lies on this machine
});

test("whom GitHub calls octo is taken over as the member that the settings name for it; a login that they do not name is nobody here", async () => {
  const environment = await makeEnvironment();
  const [bob, eve] = [await makeMember(environment, "analyst", "Bob"), await makeMember(environment, "analyst", "Eve")];
  const { admin, change, poll, ticket } = await ticketThere("github", { environment, settings: { people: { [bob.id]: "octo" } }, ticket: { assignee: eve.personId } });
  const given = async (assignee: string) => {
    change({ assignee });
    await poll();
    return acceptDrift(admin, { environment, ticket: 1, field: "assignee" });
  };
  expect(await given("hubot")).toMatchObject({ ok: false, refusal: { errors: [{ message: "Nobody here is called hubot." }] } });
  expect(await given("Octo")).toMatchObject({ ok: true });
  expect(await ticket()).toMatchObject({ assigneeId: bob.personId, drift: [] });
});
