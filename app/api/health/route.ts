import { healthAnswer } from "@/lib/doors/health-answer";
import { health } from "@/lib/queries/health";

export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  return healthAnswer(await health());
}
