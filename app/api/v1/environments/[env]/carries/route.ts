import { endpoint } from "@/lib/doors/endpoint";
import { carries } from "@/lib/doors/operations/carries";
import { listCarries } from "@/lib/queries/carries";

export const GET = endpoint(carries.listCarries, ({ actor, params, query }) => listCarries(actor, { environment: params.env, ...query }));
