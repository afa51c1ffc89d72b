import { AuditScreen } from "@/components/audit/audit-screen";
import { ForbiddenScreen } from "@/components/shell/trouble";
import { numberIn, oneOf, unlessForbidden, visitor } from "@/lib/doors/visit";
import { auditPage } from "@/lib/queries/audit-page";

export const metadata = { title: "Audit log" };

type Props = { params: Promise<{ env: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Audit({ params, searchParams }: Props) {
  const actor = await visitor();
  const environment = numberIn((await params).env);
  const asked = await searchParams;
  const filter = { actor: oneOf(asked.actor), action: oneOf(asked.action), record: oneOf(asked.record), from: oneOf(asked.from), to: oneOf(asked.to) };
  const page = await auditPage(actor, { environment, filter, cursor: oneOf(asked.cursor) });
  if (page.ok) return <AuditScreen page={page.value} />;
  unlessForbidden(page.refusal);
  return <ForbiddenScreen what="read the whole log" who="Managers, auditors and administrators read it. The trail of each finding is open to everybody." home={`/e/${environment}/alerts`} />;
}
