import { ForbiddenScreen } from "@/components/shell/trouble";
import { HealthScreen } from "@/components/worker/health-screen";
import { numberIn, oneOf, unlessForbidden, visitor } from "@/lib/doors/visit";
import { workerHealth } from "@/lib/queries/worker-health";

export const metadata = { title: "Health" };

type Props = { params: Promise<{ env: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Health({ params, searchParams }: Props) {
  const actor = await visitor();
  const environment = numberIn((await params).env);
  const page = await workerHealth(actor, { environment, laws: oneOf((await searchParams).laws) === "1" });
  if (page.ok) return <HealthScreen page={page.value} />;
  unlessForbidden(page.refusal);
  return <ForbiddenScreen what="read the health of the work in the background" who="Managers, auditors and admins read it." home={`/e/${environment}/alerts`} />;
}
