"use server";

import * as decisions from "@/lib/actions/decisions";
import { asList, fieldsOf, SIGNED_OUT, withFreshRows } from "@/lib/actions/fresh-rows";
import { addEvidence as attach } from "@/lib/commands/findings/add-evidence";
import { carryAll, carryDecision as carry, dismissCarry as dismiss, type CarriedAll } from "@/lib/commands/findings/carry";
import { calibrate } from "@/lib/commands/findings/calibrate";
import { currentActor } from "@/lib/doors/session";
import type { Result } from "@/lib/domain/refusal";
import type { BulkOutcome, CompletionValues } from "@/lib/domain/views/actions";
import type { RowsPage } from "@/lib/domain/views/alerts";
import type { CarriesView } from "@/lib/domain/views/carry";
import type { FindingDetail, TimelinePage, WhyView } from "@/lib/domain/views/finding";
import * as carries from "@/lib/queries/carries";
import { completions } from "@/lib/queries/completions";
import * as finding from "@/lib/queries/finding-page";
import * as queue from "@/lib/queries/queue";
import * as timeline from "@/lib/queries/timeline";
import * as why from "@/lib/queries/why-here";

/** The screens' doors to findings, as lib/domain/views/actions.ts describes them: who asks, then the command, then fresh rows. */

export async function decideFindings(raw: unknown): Promise<Result<BulkOutcome>> {
  const actor = await currentActor();
  return actor ? decisions.decide(actor, raw) : SIGNED_OUT;
}

export async function keepDecisions(raw: unknown): Promise<Result<BulkOutcome>> {
  const actor = await currentActor();
  return actor ? decisions.keepAll(actor, raw) : SIGNED_OUT;
}

export async function amendDecisions(raw: unknown): Promise<Result<BulkOutcome>> {
  const actor = await currentActor();
  return actor ? decisions.amendAll(actor, raw) : SIGNED_OUT;
}

export async function assignFindings(raw: unknown): Promise<Result<BulkOutcome>> {
  const actor = await currentActor();
  return actor ? decisions.assignAll(actor, raw) : SIGNED_OUT;
}

export async function tagFindings(raw: unknown): Promise<Result<BulkOutcome>> {
  const actor = await currentActor();
  return actor ? decisions.tagAll(actor, raw) : SIGNED_OUT;
}

export async function routeFindings(raw: unknown): Promise<Result<BulkOutcome>> {
  const actor = await currentActor();
  return actor ? decisions.routeAll(actor, raw) : SIGNED_OUT;
}

export async function setFindingState(raw: unknown): Promise<Result<BulkOutcome>> {
  const actor = await currentActor();
  return actor ? decisions.setStateOfAll(actor, raw) : SIGNED_OUT;
}

export async function calibrateFinding(raw: unknown): Promise<Result<BulkOutcome>> {
  const actor = await currentActor();
  if (!actor) return SIGNED_OUT;
  const asked = asList(fieldsOf(raw));
  return withFreshRows(actor, asked, await calibrate(actor, asked));
}

export async function addEvidence(raw: unknown): Promise<Result<BulkOutcome>> {
  const actor = await currentActor();
  if (!actor) return SIGNED_OUT;
  const { kind, reference, note, approver, file, ...asked } = asList(fieldsOf(raw));
  return withFreshRows(actor, asked, await attach(actor, { ...asked, evidence: [{ kind, reference, note, approver, file }] }));
}

export async function approveAcceptances(raw: unknown): Promise<Result<BulkOutcome>> {
  const actor = await currentActor();
  return actor ? decisions.approveAll(actor, raw) : SIGNED_OUT;
}

export async function refuseAcceptances(raw: unknown): Promise<Result<BulkOutcome>> {
  const actor = await currentActor();
  return actor ? decisions.refuseAll(actor, raw) : SIGNED_OUT;
}

export async function revertAction(raw: unknown): Promise<Result<BulkOutcome>> {
  const actor = await currentActor();
  return actor ? decisions.revertAll(actor, raw) : SIGNED_OUT;
}

export async function carryDecision(raw: unknown): Promise<Result<BulkOutcome>> {
  const actor = await currentActor();
  if (!actor) return SIGNED_OUT;
  return withFreshRows(actor, fieldsOf(raw), await carry(actor, raw));
}

export async function dismissCarry(raw: unknown): Promise<Result<{ carry: number }>> {
  const actor = await currentActor();
  return actor ? dismiss(actor, raw) : SIGNED_OUT;
}

export async function carryAllOfScan(raw: unknown): Promise<Result<CarriedAll>> {
  const actor = await currentActor();
  return actor ? carryAll(actor, raw) : SIGNED_OUT;
}

export async function loadCarries(raw: unknown): Promise<Result<CarriesView>> {
  const actor = await currentActor();
  return actor ? carries.carriesOfScan(actor, raw) : SIGNED_OUT;
}

export async function loadRows(raw: unknown): Promise<Result<RowsPage>> {
  const actor = await currentActor();
  return actor ? queue.loadRows(actor, raw) : SIGNED_OUT;
}

export async function loadCompletions(raw: unknown): Promise<Result<CompletionValues>> {
  const actor = await currentActor();
  return actor ? completions(actor, raw) : SIGNED_OUT;
}

export async function loadFinding(raw: unknown): Promise<Result<FindingDetail>> {
  const actor = await currentActor();
  return actor ? finding.loadFinding(actor, raw) : SIGNED_OUT;
}

export async function loadTimeline(raw: unknown): Promise<Result<TimelinePage>> {
  const actor = await currentActor();
  return actor ? timeline.loadTimeline(actor, raw) : SIGNED_OUT;
}

export async function loadWhy(raw: unknown): Promise<Result<WhyView>> {
  const actor = await currentActor();
  return actor ? why.loadWhy(actor, raw) : SIGNED_OUT;
}
