import { endpoint } from "@/lib/doors/endpoint";
import { findings } from "@/lib/doors/operations/findings";
import { auditOfFinding } from "@/lib/queries/rest-audit";

export const GET = endpoint(findings.auditFinding, ({ actor, params, query }) => auditOfFinding(actor, { ...query, environment: params.env, number: params.number }));
