import { CONNECTOR_SETTINGS } from "@/lib/domain/connector/kinds";
import { draftConnectorInput } from "@/lib/domain/connector/input";
import { ok, refuseInput, type Result } from "@/lib/domain/refusal";
import { ticketPayload, type TicketPayload } from "@/lib/domain/ticket/payload";
import type { RequestView } from "@/lib/domain/views/connector-draft";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { shownRequest } from "@/lib/plugins/connectors/registry";

/** A ticket that is shown where there is none yet. */
const SAMPLE: TicketPayload = {
  ticket: "T-1", environment: "Example", permalink: "https://docket.example.com/e/1/tickets/1", title: "SQL injection in /login", description: "The parameter user reaches the statement unescaped.",
  severity: "high", priority: "high", category: "Injection", cwe: [89], cve: [], cvss: null, kev: false, assets: ["api.example.com"], locations: ["https://api.example.com/login"], impact: null,
  actions: ["Use a statement with parameters."], references: [], assignee: null, team: null, cc: [], labels: ["docket"], acknowledgeBy: null, resolveBy: null, checklist: [],
  findings: [{ number: 1, title: "SQL injection in /login", asset: "api.example.com", severity: "high", permalink: "https://docket.example.com/e/1/findings/1" }], evidence: [],
};

/** The exact request that these settings would send, `{environment, kind, settings}`: for the newest ticket, or a sample where there is none. Dots stand for what is secret. */
export function previewRequest(actor: Actor, raw: unknown): Promise<Result<RequestView>> {
  return read(actor, {
    act: "connector.manage", input: draftConnectorInput,
    load: async (db, { environment, kind, settings }) => {
      const sound = CONNECTOR_SETTINGS[kind].safeParse(settings);
      if (!sound.success) return refuseInput(sound.error.issues.slice(0, 50).map(({ path, message }) => ({ path: ["settings", ...path].join("."), message })));
      const newest = await db.ticket.findFirst({ where: { environmentId: environment }, orderBy: { id: "desc" }, select: { payload: true, marker: true } });
      const payload = ticketPayload.safeParse(newest?.payload);
      const { body, ...request } = shownRequest(kind, sound.data, { payload: payload.success ? payload.data : SAMPLE, marker: newest?.marker ?? "0".repeat(32) });
      return ok({ ...request, headers: { ...request.headers }, body: body ?? "", of: payload.success ? payload.data.ticket : null });
    },
  }, raw);
}
