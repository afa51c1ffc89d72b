import { changePolicy } from "@/lib/commands/policies/change";
import { endpoint } from "@/lib/doors/endpoint";
import { policy as operations } from "@/lib/doors/operations/policy";
import { policy } from "@/lib/queries/policy";

export const GET = endpoint(operations.getPolicy, ({ actor, params }) => policy(actor, { environment: params.env }));

export const PUT = endpoint(operations.changePolicy, ({ actor, params, body }) => changePolicy(actor, { environment: params.env, ...body }));
