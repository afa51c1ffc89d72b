import { z } from "zod";
import { saveConnectorInput } from "@/lib/domain/connector/input";
import { connectorListRecord, connectorRecord, connectorTried, deliveryListRecord, deliveryRecord } from "@/lib/domain/records/connector";
import { DELIVERY_TABS } from "@/lib/domain/views/connectors";
import { environmentPath, nothing, operation, page, recordPath } from "../operation";

const path = "/environments/{env}/connectors";
const one = `${path}/{id}` as const;
const fields = z.strictObject(saveConnectorInput.omit({ environment: true, id: true }).shape);
const secret = { secret: fields.shape.secret.describe("Written and never read back. Another address asks for it anew.") };
const read = { method: "get", tag: "connectors", act: "connector.read", body: nothing, status: 200 } as const;
const manage = { tag: "connectors", act: "connector.manage", query: nothing, status: 200 } as const;
const steer = { method: "post", tag: "connectors", act: "delivery.steer", query: nothing, status: 200 } as const;

export const connectors = {
  listConnectors: operation({ ...read, path, summary: "The trackers that tickets go to, with their health", params: environmentPath, query: nothing, answer: connectorListRecord }),
  createConnector: operation({ ...manage, method: "post", path, summary: "Sets up a tracker", params: environmentPath, body: fields.omit({ version: true }).extend(secret), status: 201, answer: connectorRecord }),
  getConnector: operation({ ...read, path: one, summary: "One connector", params: recordPath, query: nothing, answer: connectorRecord }),
  changeConnector: operation({ ...manage, method: "put", path: one, summary: "Changes a tracker's settings, as a whole; a secret that is not given stays", params: recordPath, body: fields.extend(secret), answer: connectorRecord }),
  removeConnector: operation({
    ...manage, method: "delete", path: one, summary: "Removes a connector: its secrets are deleted, what waits for it is called off, tickets keep their keys", params: recordPath, body: nothing,
    answer: z.object({ cancelled: z.number().int() }),
  }),
  testConnector: operation({ ...manage, method: "post", path: `${one}/test`, summary: "Tries it: address, credentials, permission and required fields; says what to mend", params: recordPath, body: nothing, answer: connectorTried }),
  rotateHookSecret: operation({
    ...manage, method: "post", path: `${one}/hook-secret`, summary: "A new secret for its webhooks, shown this once; the one before is taken for a day still", params: recordPath, body: nothing,
    answer: z.object({ secret: z.string().describe("Shown this once.") }), secret: "Ask for another under a new Idempotency-Key, and give it to the tracker at once: the one it has no longer holds then.",
  }),
  listDeliveries: operation({
    ...read, path: "/environments/{env}/deliveries", summary: "What is on its way to trackers, in doubt, failed and sent; newest first", params: environmentPath,
    query: z.strictObject({ tab: z.enum(DELIVERY_TABS).default("waiting"), connector: z.coerce.number().int().min(1).max(2_147_483_647).optional(), ...page }), answer: deliveryListRecord,
  }),
  retryDelivery: operation({
    ...steer, path: "/environments/{env}/deliveries/{id}/retry", summary: "Sends it again; a ticket that may have been made is looked for first", params: recordPath,
    body: z.strictObject({ insist: z.boolean().default(false).describe("Also where it may have been made and cannot be looked for.") }), answer: deliveryRecord,
  }),
  cancelDelivery: operation({ ...steer, path: "/environments/{env}/deliveries/{id}/cancel", summary: "Calls it off", params: recordPath, body: nothing, answer: deliveryRecord }),
  linkDelivery: operation({
    ...steer, path: "/environments/{env}/deliveries/{id}/link", summary: "Says which issue over there its ticket is; nothing more is made", params: recordPath,
    body: z.strictObject({ key: z.string().trim().min(1).max(200), url: z.url({ protocol: /^https?$/ }).max(2_000).nullish() }), answer: deliveryRecord,
  }),
};
