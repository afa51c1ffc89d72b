import { saveMapping } from "@/lib/commands/mappings/save";
import { endpoint } from "@/lib/doors/endpoint";
import { mappings } from "@/lib/doors/operations/mappings";
import { savedMappings } from "@/lib/queries/mappings";

export const GET = endpoint(mappings.listMappings, ({ actor, params }) => savedMappings(actor, { environment: params.env }));

export const PUT = endpoint(mappings.saveMapping, ({ actor, params, body }) => saveMapping(actor, { environment: params.env, ...body }));
