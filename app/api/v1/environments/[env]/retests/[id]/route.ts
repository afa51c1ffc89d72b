import { endpoint } from "@/lib/doors/endpoint";
import { remediation } from "@/lib/doors/operations/remediation";
import { retest } from "@/lib/queries/retests";

export const GET = endpoint(remediation.getRetest, ({ actor, params: { env: environment, id } }) => retest(actor, { environment, id }));
