import { changeView } from "@/lib/commands/views/change";
import { deleteView } from "@/lib/commands/views/delete";
import { endpoint } from "@/lib/doors/endpoint";
import { views } from "@/lib/doors/operations/views";
import { getView } from "@/lib/queries/views";

export const GET = endpoint(views.getView, ({ actor, params }) => getView(actor, { environment: params.env, view: params.id }));

export const PATCH = endpoint(views.changeView, async ({ actor, params, body, version }) => {
  const changed = await changeView(actor, { environment: params.env, view: params.id, ...body, version: body.version ?? version ?? undefined });
  return changed.ok ? getView(actor, { environment: params.env, view: params.id }) : changed;
});

export const DELETE = endpoint(views.deleteView, ({ actor, params, query, version }) => deleteView(actor, { environment: params.env, view: params.id, anyway: query.anyway, version: version ?? undefined }));
