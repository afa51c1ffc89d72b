import type { StoredFinding } from "@/lib/db/sql/finding-row";
import type { Gone } from "@/lib/db/sql/finding-gone";
import type { lastMove, looksAt } from "@/lib/db/sql/finding-related";
import { isDetected, responseOf, tabOf } from "@/lib/domain/finding/governance";
import { GOVERNANCE_LABELS, RESPONSE_LABELS, TAB_LABELS } from "@/lib/domain/finding/words";

type Known = { finding: StoredFinding; move: Awaited<ReturnType<typeof lastMove>>; looks: Awaited<ReturnType<typeof looksAt>>; gone: Gone | null };

/** An instant as it stands in ISO 8601: the screen writes it in the reader's zone. */
const when = (at: Date | null) => at?.toISOString() ?? "never";

/** "Why is this here?": the tab and the rule that puts it there, what the scanner last said, who or what moved it last. Instants stand in the lines as ISO 8601. */
export function whyOf({ finding, move, looks, gone }: Known): string[] {
  return [tabLine(finding), detectionLine(finding, looks.last), ...goneLines(finding, gone), sightLine(finding, looks.first), decisionLine(finding, move), ...flagLines(finding)];
}

function tabLine({ scanner_status: scanner, governance_status: governance }: StoredFinding): string {
  const tab = TAB_LABELS[tabOf(scanner, governance)];
  const response = RESPONSE_LABELS[responseOf(governance)];
  if (!isDetected(scanner) && responseOf(governance) !== "closed")
    return `It stands under ${tab} because the latest scan that covers it does not detect it; the response is still ${response}.`;
  return `It stands under ${tab} because the response is ${response} and it is ${isDetected(scanner) ? "currently detected" : "not detected in the latest scan"}.`;
}

function detectionLine({ scanner_status: scanner, last_seen_on: seen, last_scanned: scanned, detector }: StoredFinding, last: Known["looks"]["last"]): string {
  const times = `last seen ${when(seen)}, last covered by ${detector} ${when(scanned)}`;
  const by = last ? `; scan ${last.scan} ${last.kind === "unseen" ? "no longer saw it" : "saw it again"}` : "";
  return `Scanner status ${scanner}: ${times}${by}.`;
}

/** What a scan's silence means: fixed and rescanned, its check no longer run, its asset retired, or a scan that says nothing. */
function goneLines({ scanner_status: scanner, detector }: StoredFinding, gone: Gone | null): string[] {
  if (!gone) return [];
  const { retiredOn, notRunSince, portsSince, failedSince, unprovenSince, unreadSince, rejectedSince, unseenWhy } = gone;
  return [
    ...(!isDetected(scanner) && unseenWhy !== null ? [unseenWhy] : []),
    ...(notRunSince === null ? [] : [`Its check is no longer run by ${detector} since scan ${notRunSince}: that it is not reported says nothing.`]),
    ...(portsSince === null ? [] : [`Scan ${portsSince} looked at some ports there later, and not where it stands: that it is not reported says nothing.`]),
    ...(failedSince === null ? [] : [`Scan ${failedSince} looked there later and did not complete: it closes nothing.`]),
    ...(unprovenSince === null ? [] : [`Scan ${unprovenSince} came later in a format that cannot prove its end, or as a table whose detector nobody named: it closes nothing.`]),
    ...(unreadSince === null ? [] : [`Scan ${unreadSince} looked there later and could not read its file: that it is not reported says nothing.`]),
    ...(rejectedSince === null ? [] : [`Scan ${rejectedSince} came later with rows that could not be read: it closes nothing.`]),
    ...(retiredOn === null ? [] : [`Its asset was retired on ${retiredOn.toISOString().slice(0, 10)}: nothing will be seen there any more.`]),
  ];
}

function sightLine({ rule, added_on: added, detector }: StoredFinding, first: Known["looks"]["first"]): string {
  return `Rule ${rule} of ${detector} fired first on ${when(added)}${first ? `, in scan ${first.scan}` : ""}.`;
}

function decisionLine({ governance_status: governance }: StoredFinding, move: Known["move"]): string {
  if (!move) return `Nobody has decided on it yet: its governance status is ${GOVERNANCE_LABELS[governance]}.`;
  return `${move.by} moved it last: ${GOVERNANCE_LABELS[move.from]} to ${GOVERNANCE_LABELS[move.to]} on ${when(move.at)}.`;
}

function flagLines({ accepted_until: until, follow_up_on: followUp, re_review: review, kev, duplicate_of: original }: StoredFinding): string[] {
  return [
    ...(until ? [`The acceptance ends on ${when(until)}; then it needs review again.`] : []),
    ...(followUp ? [`To be looked at again on ${when(followUp)}.`] : []),
    ...(review ? [`Flagged for re-review: ${review}`] : []),
    ...(original === null ? [] : [`It duplicates F-${original}.`]),
    ...(kev ? ["It is a known exploited vulnerability: its window is 14 days at most."] : []),
  ];
}
