"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState, type ReactNode } from "react";
import { announceRefusal, announceSilence } from "@/components/alerts/outcome-toast";
import { Badge, type Tone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Moment } from "@/components/ui/moment";
import { toast } from "@/components/ui/toast";
import { retryJob } from "@/lib/actions/jobs";
import type { FailedJobView, HealthPage, TrackerState, Waiting } from "@/lib/domain/views/worker";

/** A part of the page under its heading. */
export function Part({ title, hint, children }: { title: string; hint?: ReactNode; children: ReactNode }) {
  return <section aria-label={title} className="mt-7"><h2 className="mb-1 font-semibold">{title}{hint ? <span className="ml-2 text-xs font-normal text-ink-3">{hint}</span> : null}</h2>{children}</section>;
}

const headClass = "border-b border-line text-2xs text-ink-3 [&>th]:h-[30px] [&>th]:pr-3 [&>th]:font-normal";
const rowClass = "border-b border-line align-top [&>td]:py-1.5 [&>td]:pr-3";

/** Workers that were up within the hour. */
export function Workers({ workers }: Pick<HealthPage, "workers">) {
  if (workers.length === 0) return <p className="text-ink-2">None was up within the hour.</p>;
  return (
    <ul>{workers.map(({ id, host, process, startedAt, seenAt, isUp }) => (
      <li key={id} className="flex flex-wrap items-baseline gap-x-2.5 border-b border-line py-1.5">
        <Badge tone={isUp ? "good" : "outline"}>{isUp ? "Up" : "Silent"}</Badge><span className="font-medium break-all">{host}</span><span className="text-ink-3">process {process}, since <Moment at={startedAt} look="minute" />{isUp ? "" : <>, heard last <Moment at={seenAt} /></>}</span>
      </li>
    ))}</ul>
  );
}

/** Each kind of job: when it went well last, what waits, what went wrong last. */
export function Jobs({ jobs }: Pick<HealthPage, "jobs">) {
  if (jobs.length === 0) return <p className="text-ink-2">No job has run yet.</p>;
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Jobs by name">
      <table className="w-full border-collapse text-left">
        <thead><tr className={headClass}><th>Job</th><th>Last success</th><th className="text-right">Runs</th><th className="text-right">Waiting</th><th className="text-right">Running</th><th>Last failure</th></tr></thead>
        <tbody>{jobs.map((job) => (
          <tr key={job.name} className={rowClass}>
            <td><span title={job.name}>{job.label}</span></td>
            <td className="whitespace-nowrap">{job.lastSuccess ? <Moment at={job.lastSuccess} /> : <span className="text-ink-3">never yet</span>}</td>
            <td className="text-right tabular-nums">{job.runs.toLocaleString("en")}</td>
            <td className="text-right tabular-nums">{job.waiting.toLocaleString("en")}{job.oldest ? <span className="block text-xs text-ink-3">since <Moment at={job.oldest} look="age" /></span> : null}</td>
            <td className="text-right tabular-nums">{job.running}</td>
            <td className="min-w-40 text-ink-2">{job.lastFailure ? <Moment at={job.lastFailure} /> : "—"}{job.error ? <span className="block text-xs break-words text-danger">{job.error}</span> : null}</td>
          </tr>
        ))}</tbody>
      </table>
    </div>
  );
}

function Again({ environment, job }: { environment: number; job: FailedJobView }) {
  const router = useRouter();
  const [isBusy, setBusy] = useState(false);
  async function again() {
    setBusy(true);
    const answer = await retryJob({ environment, job: job.id }).catch(() => null);
    setBusy(false);
    if (!answer) return announceSilence();
    if (!answer.ok) return announceRefusal(answer.refusal);
    toast({ tone: "plain", title: `In line again: ${job.label}`, stays: 5_000 });
    router.refresh();
  }
  return <Button size="xs" loading={isBusy} aria-label={`Try again: ${job.label}${job.about ? `, ${job.about}` : ""}`} onClick={() => void again()}>Try again</Button>;
}

/** Jobs that went wrong; those that were given up wait for somebody. */
export function FailedJobs({ environment, failed, mayRetry }: { environment: number; failed: HealthPage["failed"]; mayRetry: boolean }) {
  return (
    <ul>{failed.map((job) => (
      <li key={job.id} className="border-b border-line py-2">
        <div className="flex flex-wrap items-baseline gap-x-2.5 gap-y-1">
          <Badge tone={job.isDead ? "critical" : "neutral"}>{job.isDead ? "Given up" : "Tried again"}</Badge>
          <span className="font-medium">{job.label}</span>{job.about ? <span className="text-ink-2">{job.about}</span> : null}
          <span className="text-xs text-ink-3">attempt {job.attempts} of {job.maxAttempts}{job.isDead ? "" : <>, next <Moment at={job.nextAt} /></>}</span>
          {job.isDead && mayRetry ? <span className="ml-auto"><Again environment={environment} job={job} /></span> : null}
        </div>
        <p className="mt-0.5 break-words text-danger">{job.error}</p>
      </li>
    ))}</ul>
  );
}

function Backlog({ name, path, waiting, oldest, more }: Waiting & { name: string; path: string | null; more: string }) {
  return (
    <tr className={rowClass}>
      <td>{path === null ? name : <Link href={path} prefetch={false} className="text-accent hover:underline">{name}</Link>}</td>
      <td className="text-right tabular-nums">{waiting.toLocaleString("en")}</td>
      <td className="whitespace-nowrap">{oldest ? <Moment at={oldest} /> : <span className="text-ink-3">—</span>}</td>
      <td className="text-ink-2">{more}</td>
    </tr>
  );
}

/** What waits to be done, by kind; each leads to its screen. */
export function Backlogs({ page: { environment, outbox, imports, bulks, mails, creations } }: { page: HealthPage }) {
  const base = `/e/${environment.number}`;
  return (
    <table className="w-full border-collapse text-left">
      <thead><tr className={headClass}><th>Of what</th><th className="text-right">Waiting</th><th>The oldest</th><th>Beside it</th></tr></thead>
      <tbody>
        <Backlog name="Imports" path={`${base}/scans`} {...imports} more={`${imports.running} running, ${imports.failed} failed in 24 hours`} />
        <Backlog name="Bulk actions" path={`${base}/bulk`} {...bulks} more={`${bulks.running} running`} />
        <Backlog name="Tickets to be made in a tracker" path={`${base}/settings/deliveries`} {...creations} more="" />
        <Backlog name="Letters" path={null} {...mails} more={`${mails.failed} not taken`} />
        <Backlog name="Jobs to be handed on" path={null} {...outbox} more="of the whole installation" />
      </tbody>
    </table>
  );
}

const STATES = { on: { tone: "good", label: "On" }, off: { tone: "outline", label: "Off" }, paused: { tone: "critical", label: "Unavailable" }, patient: { tone: "medium", label: "Asked for patience" } } as const satisfies Record<TrackerState["state"], { tone: Tone; label: string }>;

/** Each tracker in a line. */
export function Trackers({ trackers }: Pick<HealthPage, "trackers">) {
  return (
    <ul>{trackers.map(({ id, name, state, until, lastOkAt, error }) => (
      <li key={id} className="border-b border-line py-1.5">
        <div className="flex flex-wrap items-baseline gap-x-2.5"><Badge tone={STATES[state].tone}>{STATES[state].label}</Badge><span className="font-medium">{name}</span>
          <span className="text-ink-3">{until ? <>until <Moment at={until} look="hour" />, </> : null}{lastOkAt ? <>last success <Moment at={lastOkAt} /></> : "no success yet"}</span></div>
        {error ? <p className="mt-0.5 break-words text-danger">{error}</p> : null}
      </li>
    ))}</ul>
  );
}
