import { shareFindings } from "@/lib/commands/findings/share";
import { endpoint } from "@/lib/doors/endpoint";
import { views } from "@/lib/doors/operations/views";

export const POST = endpoint(views.shareFinding, ({ actor, params, body }) => shareFindings(actor, { environment: params.env, items: [{ number: params.number }], ...body }));
