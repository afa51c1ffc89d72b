"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { SettingsFrame } from "@/components/settings/settings-frame";
import { useLive } from "@/components/shell/live";
import { Badge } from "@/components/ui/badge";
import { Button, buttonClass } from "@/components/ui/button";
import { ClockProvider } from "@/components/ui/clock";
import { Moment } from "@/components/ui/moment";
import { can } from "@/lib/domain/access/can";
import type { HealthPage } from "@/lib/domain/views/worker";
import { Backlogs, FailedJobs, Jobs, Part, Trackers, Workers } from "./health-parts";

/** What somebody should look at, the worst first; or that all is well. */
function Warnings({ page: { environment, warnings } }: { page: HealthPage }) {
  if (warnings.length === 0) return <p className="rounded-lg bg-good-soft px-3 py-2.5 font-medium text-good">All is well.</p>;
  return (
    <ul aria-label="Warnings" className="flex flex-col gap-1.5">
      {warnings.map(({ text, next, path }) => (
        <li key={text} className="rounded-lg bg-danger-soft px-3 py-2.5"><b className="font-semibold text-danger">{text}</b><span className="block">{next}{path ? <> <Link href={`/e/${environment.number}/${path}`} prefetch={false} className="underline">Look</Link></> : null}</span></li>
      ))}
    </ul>
  );
}

function Laws({ page: { environment, invariants } }: { page: HealthPage }) {
  const look = <Link href={`/e/${environment.number}/settings/health?laws=1`} prefetch={false} className={buttonClass()}>{invariants ? "Look again" : "Look now"}</Link>;
  if (invariants === null) return <div className="flex flex-wrap items-center gap-3"><p className="text-ink-2">Whether counts, states and the log contradict each other. Over many findings this takes seconds.</p>{look}</div>;
  return (
    <>
      <ul className="mb-2 flex flex-wrap gap-1.5">{invariants.map(({ name, broken }) => <li key={name}><Badge tone={broken === null ? "outline" : broken === 0 ? "good" : "critical"}>{name}: {broken === null ? "not seen in time" : broken === 0 ? "holds" : `broken ${broken >= 100 ? "100 times or more" : `by ${broken}`}`}</Badge></li>)}</ul>
      {look}
    </>
  );
}

/** How the work in the background is: who does it, what waits, what failed, and what to do about it. */
export function HealthScreen({ page }: { page: HealthPage }) {
  const environment = page.environment.number;
  const router = useRouter();
  const isLooking = page.invariants !== null;
  useLive("tickets", () => { if (!isLooking) router.refresh(); });
  useLive("scans", () => { if (!isLooking) router.refresh(); });
  return (
    <ClockProvider now={page.now}>
      <SettingsFrame environment={environment} role={page.me.role} here="health" title="Health" actions={<Button onClick={() => router.refresh()}>Refresh</Button>}>
        <Warnings page={page} />
        <p className="mt-1.5 text-xs text-ink-3">As of <Moment at={page.now} look="minute" />.</p>
        {page.failed.length > 0 ? <Part title="Failed jobs" hint="of this environment and of the clock"><FailedJobs environment={environment} failed={page.failed} mayRetry={can(page.me.role, "worker.steer")} /></Part> : null}
        <Part title="What waits"><Backlogs page={page} /></Part>
        {page.trackers.length > 0 ? <Part title="Trackers"><Trackers trackers={page.trackers} /></Part> : null}
        <Part title="Workers"><Workers workers={page.workers} /></Part>
        <Part title="Jobs" hint="of the whole installation"><Jobs jobs={page.jobs} /></Part>
        <Part title="The laws of the records"><Laws page={page} /></Part>
      </SettingsFrame>
    </ClockProvider>
  );
}
