import { randomUUID } from "node:crypto";
import type pg from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import { connected } from "@/lib/testing/database";

const url = process.env.DATABASE_URL ?? "";
const ask = (text: string, values: unknown[] = []) => connected(url, (client) => client.query<Record<string, unknown>>(text, values));

/** Two environments with one finding each, written as an import writes them; person 1 is a member of the first alone. */
beforeAll(async () => {
  await connected(url, async (client) => {
    await client.query("insert into person (email, name) values ('ann@docket.test', 'Ann')");
    for (const n of [1, 2]) {
      await client.query("insert into environment (name) values ($1)", [`Environment ${n}`]);
      await client.query("insert into asset (environment_id, name) values ($1, 'web')", [n]);
      await client.query("insert into detector (environment_id, name) values ($1, 'trivy')", [n]);
      await client.query("insert into scope (environment_id, asset_id, detector_id, last_scanned) values ($1, $1, $1, now())", [n]);
      await client.query("insert into rule (environment_id, detector_id, key, name) values ($1, $1, 'R1', 'Rule')", [n]);
      await client.query(arrival, [n, n]);
    }
    await client.query("insert into membership (environment_id, person_id, role) values (1, 1, 'analyst')");
  });
});

const arrival = `insert into finding (environment_id, number, scope_id, asset_id, detector_id, rule_id, fingerprint, fingerprint_version, title, location,
  technical, added_on, scanner_status, sla_started_at)
  select $1, 1, $2, $2, $2, $2, sha256('x'), 1, 'T', '/', 'high', now() - interval '1 day', 'open', now()`;

const event = `insert into audit_event (environment_id, actor_type, actor_id, actor_name, action, record_type, record_number, finding_id, version,
  fields, from_status, to_status, action_id, request_id, body_hash)
  values (1, 'user', '1', 'Ann', 'finding.transitioned', 'finding', 1, 1, $1, $2, $3, $4, $5, 'r', docket_body_hash(null, null, null, null)) returning sequence`;
const body = "insert into audit_body (sequence) values ($1)";

async function logged(client: pg.Client, version: number, fields: string[], from: string | null, to: string | null): Promise<void> {
  const { rows } = await client.query<{ sequence: string }>(event, [version, fields, from, to, randomUUID()]);
  await client.query(body, [rows[0]!.sequence]);
}

async function rolledBack<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  return connected(url, async (client) => {
    await client.query("begin");
    try {
      return await work(client);
    } finally {
      await client.query("rollback");
    }
  });
}

describe("a decision without its entry in the log", () => {
  test.each([
    ["governance", "update finding set governance_status = 'in_progress', version = version + 1 where id = 1"],
    ["severity", "update finding set team_severity = 'low', calibrated_at = now(), version = version + 1 where id = 1"],
    ["assignee", "update finding set assignee_id = 1, version = version + 1 where id = 1"],
    ["tags", "update finding set tags = '{quiet}' where id = 1"],
    ["version alone", "update finding set version = 7 where id = 1"],
  ])("is refused for %s, even by direct SQL", async (_what, statement) => {
    await expect(ask(statement)).rejects.toThrow(/F-1 of environment 1 was changed without its entry in the log/);
  });

  test("an entry of an earlier transaction does not excuse it", async () => {
    await rolledBack(async (client) => {
      await logged(client, 1, ["governance"], "open", "in_progress");
      await client.query("update finding set governance_status = 'in_progress', version = 1 where id = 1");
      await expect(client.query("update finding set governance_status = 'open', version = 2 where id = 1")).rejects.toThrow(/without its entry/);
    });
  });

  test("an entry that tells another story does not excuse it either", async () => {
    await rolledBack(async (client) => {
      await logged(client, 1, ["governance"], "open", "in_progress");
      await expect(client.query("update finding set governance_status = 'resolved', version = 1 where id = 1")).rejects.toThrow(/without its entry/);
    });
    await rolledBack(async (client) => {
      await logged(client, 1, ["tags"], null, null);
      await expect(client.query("update finding set assignee_id = 1, version = 1 where id = 1")).rejects.toThrow(/without its entry/);
    });
  });

  test("two hops are one change with two entries that join", async () => {
    await rolledBack(async (client) => {
      await logged(client, 1, ["governance"], "open", "false_positive");
      await logged(client, 2, ["governance"], "false_positive", "open");
      await logged(client, 3, ["governance"], "open", "resolved");
      await client.query("update finding set governance_status = 'resolved', version = 3 where id = 1");
      const { rows } = await client.query("select tab, response, effective, calibrated from finding where id = 1");
      expect(rows[0]).toEqual({ tab: "closed", response: "closed", effective: "info", calibrated: "high" });
    });
  });
});

describe("what is written stays written", () => {
  test.each([
    "update audit_event set actor_name = 'Somebody else'",
    "delete from audit_event",
    "truncate audit_event cascade",
    "update audit_body set note = 'never said'",
    "delete from audit_body",
    "truncate audit_body",
    "delete from finding",
    "truncate finding cascade",
  ])("%s is refused", async (statement) => {
    await rolledBack(async (client) => {
      await logged(client, 1, [], null, null);
      await client.query("update finding set version = 1 where id = 1");
      await expect(client.query(statement)).rejects.toThrow(/append-only/);
    });
  });

  test("a body that differs from the hash in its head is refused", async () => {
    await rolledBack(async (client) => {
      const { rows } = await client.query<{ sequence: string }>(event, [1, [], null, null, randomUUID()]);
      await expect(client.query("insert into audit_body (sequence, note) values ($1, 'slipped in')", [rows[0]!.sequence])).rejects.toThrow(/differs from the hash/);
    });
  });

  test("the hash of a head is the database's own: nobody can hand one in", async () => {
    await expect(ask("insert into audit_event (hash) values ('\\x00')")).rejects.toThrow(/non-DEFAULT value into column "hash"/);
  });
});

describe("every child is bound to its environment", () => {
  test("a finding cannot hang below another environment's scope, nor be assigned to somebody who is no member", async () => {
    await expect(ask(arrival.replace("1, $2, $2", "9, $2, $2").replace("'x'", "'z'"), [1, 2])).rejects.toThrow(/foreign key/);
    await rolledBack(async (client) => {
      await client.query("insert into person (email, name) values ('stranger@docket.test', 'Stranger')");
      await logged(client, 1, ["assignee"], null, null);
      await expect(client.query("update finding set assignee_id = 2, version = 1 where id = 1")).rejects.toThrow(/foreign key/);
    });
  });

  test.each([
    ["a duplicate of what its environment does not have", "duplicate_of = 7", /foreign key: what it is a duplicate of/],
    ["accepted by what its environment does not have", "governance_status = 'accepted_risk', accepted_until = now(), acceptance_id = 7", /foreign key: its acceptance/],
    ["another number than its own", "number = 9", /finding keeps its identity/],
  ])("a finding is never %s", async (_what, change, refusal) => {
    await expect(ask(`update finding set ${change} where id = 1`)).rejects.toThrow(refusal);
  });

  test("a member to whom findings are assigned stays, under that name", async () => {
    for (const change of ["delete from membership where person_id = 1", "update membership set environment_id = 2 where person_id = 1"]) {
      await rolledBack(async (client) => {
        await logged(client, 1, ["assignee"], null, null);
        await client.query("update finding set assignee_id = 1, version = 1 where id = 1");
        await expect(client.query(change)).rejects.toThrow(/findings are assigned/);
      });
      await rolledBack((client) => client.query(change)); // nothing holds somebody who has none
    }
  });

  test("every table below an environment says which, and points to its parent together with it", async () => {
    const { rows } = await ask(`
      select c.conrelid::regclass::text as child, c.confrelid::regclass::text as parent from pg_constraint c
      where c.contype = 'f' and c.conrelid::regclass::text in (select table_name from information_schema.columns where column_name = 'environment_id' and table_schema = 'public')
        and c.confrelid::regclass::text in (select table_name from information_schema.columns where column_name = 'environment_id' and table_schema = 'public')
        and not exists (select from unnest(c.conkey) k join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k where a.attname = 'environment_id')`);
    expect(rows).toEqual([]);
  });
});

test("a finding arrives undecided", async () => {
  const decided = arrival.replace("scanner_status, sla_started_at)", "scanner_status, sla_started_at, tags)").replace("'open', now()", "'open', now(), '{quiet}'")
    .replace("1, $2, $2", "9, $2, $2").replace("sha256('x')", "sha256('y')");
  await expect(ask(decided, [1, 1])).rejects.toThrow(/arrives undecided/);
});

test("the importer's role may see and sight, but not decide", async () => {
  await rolledBack(async (client) => {
    await client.query("set local role docket_scanner");
    await client.query("update finding set scanner_status = 'closed', last_seen_on = now() - interval '2 days' where id = 1");
    const { rows } = await client.query("select sum(n)::int as n from queue_count where environment_id = 1 and not detected").catch(() => ({ rows: [{ n: "hidden" }] }));
    expect(rows[0]).toEqual({ n: "hidden" }); // counts are kept by the trigger, not readable or writable by this role
  });
  for (const column of ["governance_status = 'resolved'", "team_severity = 'info'", "assignee_id = 1", "version = 5", "accepted_until = now()", "tags = '{x}'"]) {
    await rolledBack(async (client) => {
      await client.query("set local role docket_scanner");
      await expect(client.query(`update finding set ${column} where id = 1`)).rejects.toThrow(/permission denied/);
    });
  }
});

test("only a demo or test database may set its clock off", async () => {
  await expect(ask("update instance set clock_offset_ms = -86400000")).rejects.toThrow(/instance_clock_is_true/);
  await rolledBack(async (client) => {
    await client.query("update instance set mark = 'test', clock_offset_ms = -86400000");
    const { rows } = await client.query("select now() - interval '1 day' - docket_now() between '0' and '1 millisecond' as off");
    expect(rows[0]).toEqual({ off: true });
  });
});

test("the governance log shows exactly the six fields that auditors were promised", async () => {
  const { rows } = await ask("select column_name from information_schema.columns where table_name = 'finding_governance_log' order by ordinal_position");
  expect(rows.map((row) => row.column_name)).toEqual(["finding_id", "from_status", "to_status", "actor_user_id", "note", "created_at"]);
});
