import { endpoint } from "@/lib/doors/endpoint";
import { findings } from "@/lib/doors/operations/findings";
import { findingAudit } from "@/lib/queries/finding-audit";

export const GET = endpoint(findings.auditFinding, ({ actor, params, query }) => findingAudit(actor, { ...query, environment: params.env, number: params.number }));
