import { endpoint } from "@/lib/doors/endpoint";
import { health } from "@/lib/doors/operations/health";
import { healthOf } from "@/lib/queries/rest-health";

export const GET = endpoint(health.getHealth, ({ actor, params, query }) => healthOf(actor, { environment: params.env, laws: query.laws === "true" }));
