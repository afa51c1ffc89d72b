import { z } from "zod";
import { note } from "@/lib/domain/finding/input";
import { CONNECTOR_KINDS } from "./kinds";

const id = z.number().int().positive().max(2_147_483_647);

/** The settings of a kind are read by its own schema. */
export const saveConnectorInput = z.object({
  environment: id, id: id.optional(), kind: z.enum(CONNECTOR_KINDS), name: z.string().trim().min(1, "A name is missing.").max(100), settings: z.record(z.string().max(100), z.unknown()),
  secret: z.string().min(1).max(4_000).regex(/^[^\r\n\0]*$/, "A secret is one line.").optional(), lagSeconds: z.number().int().min(0).max(3_600).optional(), enabled: z.boolean().optional(), version: id.optional(),
});
export type SaveConnector = z.output<typeof saveConnectorInput>;
/** A form as it stands, to be tried or shown. */
export const draftConnectorInput = saveConnectorInput.pick({ environment: true, id: true, kind: true, settings: true, secret: true });
export const connectorInput = z.object({ environment: id, connector: id });
export const deliveryInput = z.object({ environment: id, delivery: id });
/** `insist`: also what is in doubt at a destination that cannot be searched. `connector` instead of `delivery`: all that failed there. */
export const retryDeliveryInput = z.object({ environment: id, delivery: id.optional(), connector: id.optional(), insist: z.boolean().default(false) }).refine(({ delivery, connector }) => (delivery === undefined) !== (connector === undefined), "Name a delivery, or a connector.");
export const linkByHandInput = z.object({
  environment: id, ticket: id, key: z.string().trim().min(1, "The key over there is missing.").max(200), url: z.url({ protocol: /^https?$/, error: "This is no http(s) address." }).max(2_000).nullish(), version: z.number().int().positive().optional(),
});
/** What has a ticket made again; `insist`: also where it may have been made and nothing looks for it. */
export const sendAnewBody = z.strictObject({ note: note.nullish(), insist: z.boolean().default(false).describe("Also where it may have been made and cannot be looked for."), version: z.number().int().positive().nullish() });
export const sendAnewInput = z.object({ environment: id, ticket: id, ...sendAnewBody.shape });
