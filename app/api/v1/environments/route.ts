import { endpoint } from "@/lib/doors/endpoint";
import { environments } from "@/lib/doors/operations/environments";
import { ok } from "@/lib/domain/refusal";
import { listEnvironments } from "@/lib/queries/environments";

export const GET = endpoint(environments.listEnvironments, async ({ actor }) => ok({ items: await listEnvironments(actor) }));
