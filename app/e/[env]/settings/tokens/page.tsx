import { TokensScreen } from "@/components/settings/tokens-screen";
import { ForbiddenScreen } from "@/components/shell/trouble";
import { numberIn, unlessForbidden, visitor } from "@/lib/doors/visit";
import { tokensPage } from "@/lib/queries/tokens";

export const metadata = { title: "Tokens" };

export default async function Tokens({ params }: { params: Promise<{ env: string }> }) {
  const actor = await visitor();
  const environment = numberIn((await params).env);
  const page = await tokensPage(actor, { environment });
  if (page.ok) return <TokensScreen page={page.value} />;
  unlessForbidden(page.refusal);
  return <ForbiddenScreen what="manage tokens" who="Admins of this environment manage them." home={`/e/${environment}/alerts`} />;
}
