import { beforeAll, describe, expect, test } from "vitest";
import { createTickets } from "@/lib/commands/tickets/create";
import { prisma } from "@/lib/db/client";
import { brokenInvariants, connected } from "@/lib/testing/database";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";

const url = process.env.DATABASE_URL ?? "";
const ask = (text: string) => connected(url, (client) => client.query<Record<string, unknown>>(text));

beforeAll(async () => {
  const environment = await makeEnvironment();
  const findings = await makeFindings(await makeScope(environment), 3);
  const ann = await makeMember(environment);
  const made = await createTickets(ann, { environment, items: findings.slice(0, 2).map(({ number }) => ({ number })), grouping: "one" });
  if (!made.ok) throw new Error(made.refusal.message);
});

describe("behind the application's back", () => {
  test.each([
    ["closed", "update ticket set state = 'closed', close_reason = 'patched', closed_at = now(), version = version + 1"],
    ["renamed", "update ticket set title = 'Quiet', version = version + 1"],
    ["given away", "update ticket set assignee_id = null, team = 'Nobody', version = version + 1"],
    ["moved on by its version alone", "update ticket set version = version + 1"],
  ])("a ticket is not %s without its entry in the log", async (_what, statement) => {
    await expect(ask(statement)).rejects.toThrow(/T-1 of environment 1 was changed without its entry in the log/);
  });

  test("none is made without one", async () => {
    await expect(ask("insert into ticket (environment_id, number, title, marker, actor_type, actor_id, actor_name) values (1, 9, 'T', 'm', 'user', '1', 'Ann')")).rejects.toThrow(/T-9 of environment 1 was made without its entry/);
  });

  test.each(["ticket", "ticket_finding"])("nothing of %s is deleted", async (table) => {
    await expect(ask(`delete from ${table}`)).rejects.toThrow(/is kept/);
  });

  test("a finding has one open ticket: a second is refused unless somebody insisted", async () => {
    const second = "insert into ticket_finding (environment_id, ticket_id, finding_id, insisted)";
    await connected(url, async (client) => {
      await client.query("begin");
      await client.query(`insert into audit_event (environment_id, actor_type, actor_id, actor_name, action, record_type, record_number, action_id, request_id, body_hash)
        values (1, 'user', '1', 'Ann', 'ticket.created', 'ticket', 2, gen_random_uuid(), 'r', docket_body_hash(null, null, null, null))`);
      await client.query("insert into ticket (environment_id, number, title, marker, actor_type, actor_id, actor_name) values (1, 2, 'T', 'm2', 'user', '1', 'Ann')");
      await client.query("savepoint twice");
      await expect(client.query(`${second} select 1, id, 1, false from ticket where number = 2`)).rejects.toThrow(/ticket_finding_one_open_partial/);
      await client.query("rollback to savepoint twice");
      await client.query(`${second} select 1, id, 1, true from ticket where number = 2`);
      await client.query("rollback");
    });
  });

  test.each([
    ["a closed one has its reason", "update ticket set state = 'closed', closed_at = now(), version = version + 1", /ticket_closed_with_reason/],
    ["one that goes out names its tracker", "update ticket set destination = 'github', version = version + 1", /ticket_connector_named/],
  ])("%s", async (_what, statement, law) => {
    await expect(ask(statement)).rejects.toThrow(law);
  });

  test("severity and count are the findings': whoever writes them is found by the invariants", async () => {
    const { severity, findingCount } = await prisma.ticket.findFirstOrThrow({ where: { number: 1 } });
    expect({ severity, findingCount }).toEqual({ severity: "high", findingCount: 2 });
    await ask("update ticket set severity = 'info'");
    expect(await brokenInvariants(url)).toEqual([expect.stringContaining("invariant_ticket_rollups")]);
    await ask("update ticket set severity = 'high'");
    await ask("update ticket_finding set is_open = false where finding_id = 1");
    expect(await brokenInvariants(url)).toEqual([expect.stringContaining("invariant_ticket_links")]);
    await ask("update ticket_finding set is_open = true where finding_id = 1");
  });
});
