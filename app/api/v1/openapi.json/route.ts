import { openApiDocument } from "@/lib/doors/openapi";
import { site } from "@/lib/doors/site";

export const dynamic = "force-dynamic";

export function GET(): Response {
  return Response.json(openApiDocument(site()));
}
