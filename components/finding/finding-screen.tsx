"use client";
import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { commandKeys, type Command } from "@/components/alerts/commands";
import { MarksProvider, type MarkDoors } from "@/components/alerts/marks";
import { postedDecisions } from "@/components/alerts/post-decisions";
import { redoNewest } from "@/components/alerts/stale";
import { useCommands, type Given } from "@/components/alerts/use-commands";
import { repeatOn } from "@/components/alerts/use-line";
import { useCommandKeys } from "@/components/shell/command-registry";
import { Page } from "@/components/shell/page-head";
import { useLookAt } from "@/components/shell/use-look-at";
import { ClockProvider } from "@/components/ui/clock";
import { can } from "@/lib/domain/access/can";
import type { FindingActions } from "@/lib/domain/views/actions";
import type { FindingPage } from "@/lib/domain/views/finding";
import { queueAddress, wholeTab } from "@/lib/domain/views/queue-address";
import { Axes } from "./axes";
import { Chain } from "./chain";
import { Lookers } from "./lookers";
import { FindingButtons } from "./finding-actions";
import { PeopleSide, Proposal, ScannerSide } from "./finding-sections";
import { Timeline } from "./timeline";
import { RankSection } from "./rank-section";
import { useLiveFinding } from "./use-live-finding";
import { useOneFinding } from "./use-one-finding";
import { isBackHere } from "./way-back";
import { WhySection } from "./why-section";

function Screen({ page, actions }: { page: FindingPage; actions: FindingActions }) {
  const router = useRouter();
  const one = useOneFinding(page, actions);
  const { finding, carryOut, undo } = one;
  const environment = page.environment.number;
  const role = page.me.role;
  useLookAt(environment, finding.number);
  useLiveFinding(environment, page.finding, () => router.refresh());
  const commands = useCommands({ environment, actions, me: page.me, people: page.people, policy: page.policy, now: page.now }, carryOut, () => [page.finding]);
  const run = (command: Command, given?: Given) => commands.run(command, [finding], given);
  const back = () => (isBackHere(environment) ? router.back() : router.push(`/e/${environment}/alerts${queueAddress(wholeTab("all"))}&at=${finding.number}`));
  useCommandKeys({ ...commandKeys((command) => run(command)), "action.undo": one.undoLast, "decision.redo": redoNewest, "decision.repeat": () => repeatOn(environment, [page.finding], carryOut), back });

  return (
    <Page>
      <header className="border-b border-line px-[18px] py-2.5">
        <div className="flex items-center gap-2 text-xs text-ink-3">
          <Link href={`/e/${environment}/alerts`} className="inline-flex items-center gap-1 hover:text-ink"><ArrowLeft size={12} aria-hidden /> Alerts</Link><span aria-hidden>/</span><span>F-{finding.number}</span>
          <Lookers number={finding.number} me={page.me.id} look="drawer" />
          <span className="ml-auto">{finding.asset}</span>
        </div>
        <div className="mt-1.5 flex flex-wrap items-start justify-between gap-3">
          <h1 className="max-w-3xl text-xl font-semibold tracking-tight break-words">{finding.title}</h1>
          <FindingButtons row={finding} role={role} environment={environment} onCommand={run} carryOut={carryOut} />
        </div>
      </header>
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_400px] overflow-y-auto max-xl:grid-cols-1">
        <div className="min-w-0 border-r border-line max-xl:border-r-0">
          <div className="border-b border-line px-[18px] py-3"><Axes row={finding} environment={environment} /></div>
          <Proposal finding={finding} environment={environment} role={role} doors={{ actions, carryOut, onSettled: () => router.refresh() }} onCommand={run} onRevert={can(role, "finding.revert") ? undo : null} />
          <RankSection finding={finding} environment={environment} onCalibrate={can(role, "finding.calibrate") ? () => run("calibrate") : null} />
          <WhySection finding={finding} environment={environment} />
          <ScannerSide finding={finding} environment={environment} />
          <Timeline environment={environment} number={finding.number} first={finding.timeline} load={actions.loadTimeline} onRevert={can(role, "finding.revert") ? undo : null} />
        </div>
        <div className="min-w-0"><Chain steps={finding.chain} /><PeopleSide finding={finding} environment={environment} role={role} onCommand={run} /></div>
      </div>
      {commands.dialog}
    </Page>
  );
}

/** A finding on its own page: the same sections as the drawer, with room to read. */
export function FindingScreen({ page, actions }: { page: FindingPage; actions: FindingActions & MarkDoors }) {
  const { number, isBookmarked } = page.finding;
  const doors = useMemo(() => ({ ...actions, ...postedDecisions }), [actions]);
  return (
    <ClockProvider now={page.now}>
      <MarksProvider environment={page.environment.number} me={page.me} people={page.people} first={isBookmarked ? [number] : []} doors={actions}><Screen page={page} actions={doors} /></MarksProvider>
    </ClockProvider>
  );
}
