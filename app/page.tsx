import { redirect } from "next/navigation";
import { MissingScreen } from "@/components/shell/trouble";
import { lastEnvironment, visitor } from "@/lib/doors/visit";
import { homeOf } from "@/lib/queries/shell";

/** The front door: to the alerts of the environment of the last visit, else of the first. */
export default async function Home() {
  const actor = await visitor();
  const environment = await homeOf(actor, await lastEnvironment());
  if (environment !== null) redirect(`/e/${environment}/alerts`);
  return <main className="grid min-h-dvh place-items-center"><MissingScreen /></main>;
}
