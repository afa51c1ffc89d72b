import { openApiDocument } from "@/lib/doors/openapi";
import { needed } from "@/lib/env";

export const dynamic = "force-dynamic";

export function GET(): Response {
  return Response.json(openApiDocument(needed("AUTH_URL")));
}
