import { labelled, SEVERITY_MARKS, severityLabel } from "./answers";
import { isChanged, type Outgoing } from "./contract";

/** Which labels a change puts on an issue and which it takes off: whatever else stands there is other people's, and stays. */
export type LabelChange = { added: readonly string[]; gone: readonly string[] };

/**
 * What of our labels changes: the mark of the severity, people's own against what was sent before, and the word of the priority where the destination has
 * labels for it. What was sent before and is gone over there was taken off by people: it stays off. Pushed, all of ours come back, and what the others had
 * put there goes. `written`: how a label is written over there.
 */
export function labelChange(ticket: Outgoing, written: (label: string) => string, priorities: Readonly<Record<string, string>> = {}): LabelChange {
  const { payload, sent, theirs, pushes } = ticket;
  const added: string[] = [];
  const gone: string[] = [];
  if (isChanged(ticket, "severity", "findings")) {
    added.push(severityLabel(payload.severity));
    gone.push(...SEVERITY_MARKS);
  }
  if (isChanged(ticket, "labels")) {
    const [ours, before] = [payload.labels.map(written), (sent?.labels ?? []).map(written)];
    added.push(...(pushes ? ours : ours.filter((label) => !labelled(before, label))));
    gone.push(...before.filter((label) => !labelled(ours, label)), ...(theirs ?? []));
  }
  const word = priorities[payload.priority];
  if (isChanged(ticket, "priority") && Object.keys(priorities).length > 0) {
    added.push(...(word ? [written(word)] : []));
    gone.push(...Object.values(priorities).map(written));
  }
  return { added: [...new Set(added)], gone: [...new Set(gone)].filter((label) => !labelled(added, label)) };
}

/** The labels of an issue after a change, where all are sent. */
export function labelsAfter(labels: readonly string[], { added, gone }: LabelChange): string[] {
  const stay = labels.filter((label) => !labelled(gone, label));
  return [...stay, ...added.filter((label) => !labelled(stay, label))];
}
