import type { Metadata } from "next";
import { FindingScreen } from "@/components/finding/finding-screen";
import { ForbiddenScreen } from "@/components/shell/trouble";
import * as actions from "@/lib/actions/findings";
import { applySuggestions, ignoreSuggestions } from "@/lib/actions/suggestions";
import { bookmarkFindings, shareFindings } from "@/lib/actions/views";
import { numberIn, oneOf, unlessForbidden, visitor } from "@/lib/doors/visit";
import { findingPage } from "@/lib/queries/finding-page";

type Props = { params: Promise<{ env: string; number: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `F-${numberIn((await params).number)}` };
}

export default async function Finding({ params, searchParams }: Props) {
  const actor = await visitor();
  const { env, number } = await params;
  const page = await findingPage(actor, { environment: numberIn(env), number: numberIn(number), entry: oneOf((await searchParams).entry) ?? null });
  if (page.ok) return <FindingScreen page={page.value} actions={{ ...actions, applySuggestions, ignoreSuggestions, bookmarkFindings, shareFindings }} />;
  unlessForbidden(page.refusal);
  return <ForbiddenScreen what="read findings" who="Every role of this environment reads them." home="/" />;
}
