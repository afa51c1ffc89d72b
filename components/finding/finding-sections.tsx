"use client";
import { can } from "@/lib/domain/access/can";
import type { Command } from "@/components/alerts/commands";
import type { Given } from "@/components/alerts/use-commands";
import type { FindingActions } from "@/lib/domain/views/actions";
import type { FindingDetail } from "@/lib/domain/views/finding";
import type { Role } from "@/lib/domain/access/can";
import { CarryBanner, type CarryDoors } from "./carry-banner";
import { Chain } from "./chain";
import { EvidenceSection } from "./evidence-section";
import { FactsSection } from "./facts-section";
import { PrecedentSection } from "./precedent-section";
import { RelatedSection } from "./related-section";
import { ObservationSection } from "./observation-section";
import { RankSection } from "./rank-section";
import { RequestBanner } from "./request-banner";
import { References, ScannerText } from "./scanner-text";
import { ShareSection } from "./share-section";
import { SuggestionSection, type SuggestionDoors } from "./suggestion-section";
import { TicketsSection } from "./tickets-section";
import { Timeline } from "./timeline";
import { TwinsSection } from "./twins-section";
import { WhySection } from "./why-section";

export type SectionsProps = {
  finding: FindingDetail; environment: number; role: Role;
  load: FindingActions["loadTimeline"] | null; doors: CarryDoors & SuggestionDoors;
  onCommand: (command: Command, given?: Given) => void;
  onRevert: ((actionId: string) => void) | null;
};

/** What the scanner said about it: description, observation, remedy, references. */
export function ScannerSide({ finding, environment }: { finding: FindingDetail; environment: number }) {
  return (
    <>
      {finding.observation ? <ObservationSection key={finding.number} text={finding.observation} location={finding.location} href={`/api/e/${environment}/findings/${finding.number}/observation`} /> : null}
      <ScannerText title="Description" text={finding.description} />
      <ScannerText title="Remediation" text={finding.remediation} />
      <References finding={finding} />
    </>
  );
}

/** What people need to decide, and what they decided. */
export function PeopleSide({ finding, environment, role, onCommand }: Omit<SectionsProps, "load" | "doors" | "onRevert">) {
  return (
    <>
      <FactsSection finding={finding} environment={environment} onTag={can(role, "finding.tag") ? () => onCommand("tag") : null} />
      <TicketsSection tickets={finding.tickets} environment={environment} onCreate={can(role, "ticket.write") ? () => onCommand("ticket", {}) : null} />
      <EvidenceSection evidence={finding.evidence} environment={environment} onAdd={can(role, "finding.evidence") ? () => onCommand("evidence") : null} />
      <TwinsSection twins={finding.twins} environment={environment} onDuplicate={can(role, "finding.decide") ? (duplicateOf) => onCommand("close", { duplicateOf }) : null} />
      <PrecedentSection finding={finding} environment={environment} />
      <RelatedSection finding={finding} environment={environment} />
    </>
  );
}

/** What is proposed for a finding, above everything else: the decision of another one that it looks like, and what others state about it. */
export function Proposal({ finding, environment, role, doors, onCommand, onRevert }: Pick<SectionsProps, "finding" | "environment" | "role" | "doors" | "onCommand" | "onRevert">) {
  const mayDecide = can(role, "finding.decide");
  return (
    <>
      <ShareSection finding={finding} />
      {finding.request ? <RequestBanner request={finding.request} role={role} onCommand={(command) => onCommand(command, {})} onRevert={onRevert} /> : null}
      {finding.carry && finding.response === "needs_review" ? <CarryBanner key={finding.carry.id} carry={finding.carry} environment={environment} mayDecide={mayDecide} doors={doors} /> : null}
      <SuggestionSection suggestions={finding.suggestions} environment={environment} mayDecide={mayDecide} doors={doors} />
    </>
  );
}

/** All sections in reading order, as the drawer shows them. */
export function FindingSections(props: SectionsProps) {
  const { finding, environment, role, onCommand } = props;
  return (
    <>
      <Proposal finding={finding} environment={environment} role={role} doors={props.doors} onCommand={onCommand} onRevert={props.onRevert} />
      <RankSection finding={finding} environment={environment} onCalibrate={can(role, "finding.calibrate") ? () => onCommand("calibrate") : null} />
      <WhySection finding={finding} environment={environment} />
      <ScannerSide finding={finding} environment={environment} />
      <Chain steps={finding.chain} />
      <Timeline environment={environment} number={finding.number} first={finding.timeline} load={props.load} onRevert={props.onRevert} />
      <PeopleSide finding={finding} environment={environment} role={role} onCommand={onCommand} />
    </>
  );
}
