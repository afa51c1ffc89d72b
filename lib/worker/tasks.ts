import type { TaskList } from "graphile-worker";
import { removeOldFiles } from "@/lib/commands/upkeep/remove-files";
import { tidy } from "@/lib/commands/upkeep/tidy";
import { JOBS } from "@/lib/domain/jobs";
import { env } from "@/lib/env";
import { dueConnectors } from "@/lib/queries/connectors-due";
import { connectorsToHear } from "@/lib/queries/hooks-waiting";
import { deliverTickets } from "@/lib/worker/jobs/deliver-tickets";
import { pollTracker } from "@/lib/worker/jobs/poll-trackers";
import { readHooks } from "@/lib/worker/jobs/read-hooks";
import { runBulk } from "@/lib/worker/jobs/run-bulk";
import { runEnrichFindings } from "@/lib/worker/jobs/enrich-findings";
import { runExpireAcceptances } from "@/lib/worker/jobs/expire-acceptances";
import { runProposeReopenings } from "@/lib/worker/jobs/propose-reopenings";
import { runFlagFollowUps } from "@/lib/worker/jobs/flag-follow-ups";
import { runImport } from "@/lib/worker/jobs/run-import";
import { runSendMail } from "@/lib/worker/jobs/send-mail";
import { runTellPeople } from "@/lib/worker/jobs/tell-people";

/** Every job that the worker knows, by its name. Payloads are read by the schema that they were written with. */
export const TASKS: TaskList = {
  "run-import": async (payload, { abortSignal }) => {
    await runImport(JOBS["run-import"].parse(payload).scan, abortSignal);
  },
  "run-bulk": async (payload, { abortSignal }) => {
    await runBulk(JOBS["run-bulk"].parse(payload).bulk, abortSignal);
  },
  "expire-acceptances": async () => runExpireAcceptances(),
  "flag-follow-ups": async () => runFlagFollowUps(),
  "deliver-tickets": async (payload, { abortSignal, addJob }) => {
    const { connector } = JOBS["deliver-tickets"].parse(payload);
    if (await deliverTickets(connector, abortSignal)) await addJob("deliver-tickets", { connector });
  },
  "deliver-due-tickets": async (_payload, { addJob }) => {
    for (const connector of await dueConnectors()) await addJob("deliver-tickets", { connector }, { jobKey: `deliver-tickets:${connector}` });
  },
  "read-hooks": async (payload, { abortSignal }) => readHooks(JOBS["read-hooks"].parse(payload).connector, abortSignal),
  "poll-tracker": async (payload, { abortSignal }) => {
    await pollTracker(JOBS["poll-tracker"].parse(payload).connector, abortSignal);
  },
  "poll-trackers": async (_payload, { addJob }) => {
    for (const { id, hasHooks } of await connectorsToHear()) {
      if (hasHooks) await addJob("read-hooks", { connector: id }, { jobKey: `read-hooks:${id}` });
      await addJob("poll-tracker", { connector: id }, { jobKey: `poll-tracker:${id}` });
    }
  },
  "propose-reopenings": async () => runProposeReopenings(),
  "enrich-findings": async () => runEnrichFindings(),
  "tell-people": async (payload) => runTellPeople(JOBS["tell-people"].parse(payload)),
  "send-mail": async (_payload, { abortSignal }) => runSendMail(abortSignal),
  "remove-files": async () => {
    await removeOldFiles(env.DOCKET_KEEP_FILES_DAYS);
  },
  tidy: async () => {
    await tidy();
  },
};

/** What runs by the clock: minute, hour, day, month, weekday, task. */
export const SCHEDULE = ["* * * * * expire-acceptances", "* * * * * flag-follow-ups", "* * * * * send-mail", "* * * * * deliver-due-tickets", "* * * * * poll-trackers", "23 * * * * propose-reopenings", "17 3 * * * enrich-findings", "47 3 * * * remove-files", "*/10 * * * * tidy"].join("\n");
