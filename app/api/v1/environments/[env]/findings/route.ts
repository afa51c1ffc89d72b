import { endpoint } from "@/lib/doors/endpoint";
import { findings } from "@/lib/doors/operations/findings";
import { withSite } from "@/lib/doors/site";
import { ok } from "@/lib/domain/refusal";
import { listFindings } from "@/lib/queries/rest-findings";

export const GET = endpoint(findings.listFindings, async ({ actor, params, query: { limit, cursor, ...filter } }) => {
  const page = await listFindings(actor, { environment: params.env, filter, limit, cursor });
  return page.ok ? ok({ ...page.value, items: page.value.items.map(withSite) }) : page;
});
