import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { Shell } from "@/components/shell/shell";
import { saveKeyboard } from "@/lib/actions/keyboard";
import { numberIn, visitor } from "@/lib/doors/visit";
import { shell } from "@/lib/queries/shell";

type Props = { children: ReactNode; params: Promise<{ env: string }> };

/** The frame of an environment. It is read before anything is sent, so that a stranger is answered with a redirect. */
export default async function EnvironmentLayout({ children, params }: Props) {
  const actor = await visitor();
  const frame = await shell(actor, { environment: numberIn((await params).env) });
  if (!frame.ok) notFound();
  return <Shell shell={frame.value} saveKeyboard={saveKeyboard}>{children}</Shell>;
}
