import { endpoint } from "@/lib/doors/endpoint";
import { remediation } from "@/lib/doors/operations/remediation";
import { evidenceFile } from "@/lib/queries/evidence-file";

export const GET = endpoint(remediation.getEvidenceFile, ({ actor, params: { env: environment, id } }) => evidenceFile(actor, { environment, id }));
