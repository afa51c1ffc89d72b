import { saveView } from "@/lib/commands/views/save";
import { endpoint } from "@/lib/doors/endpoint";
import { views } from "@/lib/doors/operations/views";
import { getView, listViews } from "@/lib/queries/views";

export const GET = endpoint(views.listViews, ({ actor, params }) => listViews(actor, { environment: params.env }));

export const POST = endpoint(views.createView, async ({ actor, params, body }) => {
  const saved = await saveView(actor, { environment: params.env, ...body, shared: true });
  return saved.ok ? getView(actor, { environment: params.env, view: saved.value.id }) : saved;
});
