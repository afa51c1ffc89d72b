import { endpoint } from "@/lib/doors/endpoint";
import { findings } from "@/lib/doors/operations/findings";
import { countFindings } from "@/lib/queries/rest-findings";

export const GET = endpoint(findings.countFindings, ({ actor, params, query: filter }) => countFindings(actor, { environment: params.env, filter }));
