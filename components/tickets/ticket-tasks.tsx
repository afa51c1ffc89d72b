"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import type { TicketTask } from "@/lib/domain/views/tickets";
import type { TicketDoing } from "./use-ticket";

const LINKED = 12;

/** The findings that a task is about, as the way to them. */
function Named({ findings, environment }: { findings: readonly number[]; environment: number }) {
  return (
    <span className="text-ink-3">
      {findings.slice(0, LINKED).map((number, index) => <span key={number}>{index > 0 ? ", " : ""}<Link href={`/e/${environment}/findings/${number}`} prefetch={false} className="text-accent underline">F-{number}</Link></span>)}
      {findings.length > LINKED ? ` and ${findings.length - LINKED} more` : ""}
    </span>
  );
}

/** What ends a task: one button each; a task that ends by itself, or at its findings, has the way there. */
function ending(task: TicketTask, doing: TicketDoing): ReactNode {
  const { environment, mayWrite, maySteer, actions, open, run, ticket } = doing;
  const first = task.findings[0];
  const failed = ticket.deliveries.find(({ status }) => status === "failed");
  const retry = actions.retryDelivery;
  if (task.kind === "complete_acceptance" || task.kind === "record_disposition") return first === undefined ? null : <Link href={`/e/${environment}/findings/${first}`} className={buttonClass("plain", "xs")}>Go to F-{first}</Link>;
  if (!mayWrite) return null;
  if (task.kind === "close_here") return <Button size="xs" look="primary" onClick={() => open("close")}>Close…</Button>;
  if (task.kind === "reopen_proposed") return <><Button size="xs" look="primary" onClick={() => open("reopen")}>Reopen…</Button><Button size="xs" onClick={() => open("dismiss")}>Keep it closed…</Button></>;
  if (task.kind === "send_failed" && retry && failed) return <Button size="xs" onClick={() => void run(() => retry({ environment, delivery: failed.id }))}>Send again</Button>;
  const isLost = task.kind === "gone" || (task.kind === "send_failed" && !failed && ticket.external === null);
  if (isLost && maySteer) return <>{actions.sendAnew ? <Button size="xs" look="primary" onClick={() => open("anew")}>Make it anew…</Button> : null}{actions.linkByHand ? <Button size="xs" onClick={() => open("key")}>Link by hand…</Button> : null}<Button size="xs" onClick={() => open("close")}>Close…</Button></>;
  if (task.kind === "merged") return <>{actions.linkByHand ? <Button size="xs" look="primary" onClick={() => open("key")}>Link by hand…</Button> : null}<Button size="xs" onClick={() => open("close")}>Close…</Button><a href="#drift" className={buttonClass("plain", "xs")}>Look at it</a></>;
  if (task.kind === "follow_up") return <><Button size="xs" look="primary" onClick={() => open("follow")}>{ticket.followUpOn ? "Change the day…" : "Choose a day…"}</Button><Button size="xs" onClick={() => open("reopen")}>Reopen…</Button></>;
  if (task.kind === "drift") return <a href="#drift" className={buttonClass("plain", "xs")}>Look at it</a>;
  return null;
}

/** What still waits for somebody, heaviest first, each with the button that ends it. Nothing waits: nothing is drawn. */
export function Tasks({ doing }: { doing: TicketDoing }) {
  const { tasks } = doing.ticket;
  if (tasks.length === 0) return null;
  return (
    <section aria-label="Tasks" className="border-b border-line bg-accent-soft/40 px-[18px] py-2.5">
      <h2 className="mb-1 text-xs font-semibold">What still waits</h2>
      <ul className="flex flex-col gap-1.5">
        {tasks.map((task) => (
          <li key={task.kind} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="min-w-0 flex-1 basis-64 break-words">{task.text} {task.findings.length > 0 ? <Named findings={task.findings} environment={doing.environment} /> : null}</span>
            <span className="flex gap-1.5">{ending(task, doing)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
