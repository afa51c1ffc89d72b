import { addEvidenceFile } from "@/lib/commands/evidence/add-file";
import { endpoint } from "@/lib/doors/endpoint";
import { remediation } from "@/lib/doors/operations/remediation";
import { fileNameOf, incoming } from "@/lib/doors/upload";

export const POST = endpoint(remediation.addEvidenceFile, async ({ actor, params: { env: environment }, request }) => {
  const sent = incoming(request);
  return sent.ok ? addEvidenceFile(actor, { environment, name: fileNameOf(request) }, sent.value) : sent;
});
