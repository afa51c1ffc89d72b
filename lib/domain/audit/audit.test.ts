import fc from "fast-check";
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { actionNamed, aliasOf, AUDIT_ACTIONS, isAuditAction } from "@/lib/domain/audit/actions";
import { bodyCanonical, canonicalField, headCanonical, type EventHead } from "@/lib/testing/canonical";

const head: EventHead = {
  ...{ sequence: "17", environment: 1, at: "2026-03-02T12:00:00.000001Z", actor_type: "user", actor_id: "3", actor_name: "Zoë" },
  ...{ person: 3, action: "finding.transitioned", record_type: "finding", record_number: 42, finding: 1042, version: 1 },
  ...{ fields: ["status", "sla"], from_status: "open", to_status: "resolved", action_id: "a", bulk: null, scan: null },
  ...{ revokes: null, request_id: "r", body_hash: "00ff" },
};

describe("the canonical form", () => {
  it("is one line a field in a fixed order, lengths in bytes, nothing for nothing", () => {
    expect(headCanonical(head).split("\n")).toEqual([
      ...["sequence:2:17", "environment:1:1", "at:27:2026-03-02T12:00:00.000001Z", "actor_type:4:user", "actor_id:1:3", "actor_name:4:Zoë"],
      ...["person:1:3", "action:20:finding.transitioned", "record_type:7:finding", "record_number:2:42", "finding:4:1042", "version:1:1"],
      ...["fields:10:status,sla", "from_status:4:open", "to_status:8:resolved", "action_id:1:a", "bulk:-:", "scan:-:", "revokes:-:"],
      ...["request_id:1:r", "body_hash:4:00ff", ""],
    ]);
    expect(bodyCanonical({ before: null, after: '{"a": 1}', reason: "", note: null })).toBe('before:-:\nafter:8:{"a": 1}\nreason:0:\nnote:-:\n');
  });

  it("tells nothing from an empty text, and no two bodies are the same text", () => {
    expect(canonicalField("note", null)).not.toBe(canonicalField("note", ""));
    const value = fc.option(fc.string({ unit: fc.constantFrom("a", "\n", ":", "-", "1", "note:1:a\n", "é") }));
    const body = fc.record({ before: value, after: value, reason: value, note: value });
    fc.assert(
      fc.property(body, body, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect(bodyCanonical(one) === bodyCanonical(other)).toBe(same);
      }),
    );
  });

  it("hashes to what an auditor computes on paper", () => {
    const empty = bodyCanonical({ before: null, after: null, reason: null, note: null });
    // printf 'before:-:\nafter:-:\nreason:-:\nnote:-:\n' | sha256sum
    expect(createHash("sha256").update(empty, "utf8").digest("hex")).toBe("1e0482ae74b9e506469951212c919af291ba4a2c92f3006ed2826b2f72c07b6b");
  });
});

describe("the names of the log", () => {
  it("are noun.event, each with words for people, each alias used once", () => {
    const aliases = Object.keys(AUDIT_ACTIONS).flatMap((action) => aliasOf(action) ?? []);
    expect(Object.keys(AUDIT_ACTIONS).filter((action) => !/^[a-z]+\.[a-z_]+$/.test(action))).toEqual([]);
    expect(new Set(aliases).size).toBe(aliases.length);
    expect(aliases.toSorted()).toEqual(["FINDING_ACKNOWLEDGED", "FINDING_MATCHED", "TICKET_CLOSED", "TICKET_CREATED", "TICKET_REOPENED", "change-status.alert"]);
  });

  it("are found by either name, and nothing is found that is not there", () => {
    expect(actionNamed("change-status.alert")).toBe("finding.transitioned");
    expect(actionNamed("finding.assigned")).toBe("finding.assigned");
    expect(actionNamed("toString")).toBeNull();
    expect(isAuditAction("constructor")).toBe(false);
  });
});
