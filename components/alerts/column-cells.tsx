"use client";
import type { ReactNode } from "react";
import { dueWords, Due } from "@/components/finding/due";
import { SeverityWord } from "@/components/finding/marks";
import { ResponseBadge } from "@/components/finding/response-badge";
import { useClock } from "@/components/ui/clock";
import { CutName } from "@/components/ui/cut-name";
import { Moment } from "@/components/ui/moment";
import { Face } from "@/components/ui/states";
import type { ColumnId } from "@/lib/domain/desk/layout";
import { CLOSE_REASON_LABELS, GOVERNANCE_LABELS, ROUTE_LABELS, VERIFICATION_LABELS } from "@/lib/domain/finding/words";
import type { FindingRow, SlaState } from "@/lib/domain/views/alerts";

const SLA_WORDS = { none: "—", due: "on time", warning: "soon", overdue: "overdue", paused: "paused", met: "met", late: "late" } as const satisfies Record<SlaState, string>;

function Text({ children, title }: { children: string | number | null; title?: string }) {
  return children === null || children === "" ? <span className="text-ink-3">—</span> : <span className="min-w-0 truncate text-ink-2" title={title ?? String(children)}>{children}</span>;
}

/** The first of several, and how many more. */
function Several({ values }: { values: readonly (string | number)[] }) {
  const [first, ...more] = values;
  return first === undefined ? <Text>{null}</Text> : <Text title={values.join(", ")}>{more.length > 0 ? `${first} +${more.length}` : String(first)}</Text>;
}

function When({ at }: { at: string | null }) {
  return at === null ? <span className="text-ink-3">—</span> : <Moment at={at} look="age" className="text-ink-2" />;
}

function Sla({ row }: { row: FindingRow }) {
  const { now } = useClock();
  const { state } = row.sla;
  return <span className={state === "overdue" ? "text-critical" : state === "warning" ? "text-high" : "text-ink-2"} title={dueWords(row.sla, now)?.long}>{SLA_WORDS[state]}</span>;
}

function decisionTitle(row: FindingRow): string {
  return row.closeReason ? `${GOVERNANCE_LABELS[row.governance]}: ${CLOSE_REASON_LABELS[row.closeReason]}` : GOVERNANCE_LABELS[row.governance];
}

/** What a row says in each column: no more than a text, so that many columns over many rows stay smooth. */
export const CELL: Record<ColumnId, (row: FindingRow) => ReactNode> = {
  number: (row) => <Text>{`F-${row.number}`}</Text>,
  response: (row) => <ResponseBadge response={row.response} title={decisionTitle(row)} />,
  governance: (row) => <Text>{GOVERNANCE_LABELS[row.governance]}</Text>,
  reason: (row) => <Text>{row.closeReason && CLOSE_REASON_LABELS[row.closeReason]}</Text>,
  route: (row) => <Text>{row.route && ROUTE_LABELS[row.route]}</Text>,
  verification: (row) => <Text>{row.verification === "none" ? null : VERIFICATION_LABELS[row.verification]}</Text>,
  location: (row) => <Text>{row.location}</Text>,
  component: (row) => <Text>{row.component}</Text>,
  category: (row) => <Text>{row.category}</Text>,
  asset: (row) => <CutName name={row.asset} className="text-ink-2" />,
  port: (row) => <Text>{row.port}</Text>,
  detector: (row) => <Text>{row.detector}</Text>,
  rule: (row) => <Text>{row.rule}</Text>,
  cve: (row) => <Several values={row.cve} />,
  cwe: (row) => <Several values={row.cwe} />,
  cvss: (row) => <Text>{row.score === null ? null : row.score.toFixed(1)}</Text>,
  epss: (row) => <Text title={row.epss === null ? undefined : String(row.epss)}>{row.epss === null ? null : `${(row.epss * 100).toFixed(row.epss < 0.1 ? 1 : 0)}%`}</Text>,
  technical: (row) => <SeverityWord severity={row.severity.technical} />,
  effective: (row) => <SeverityWord severity={row.severity.effective} />,
  tags: (row) => <Several values={row.tags} />,
  assignee: (row) => (row.assignee ? <Face initials={row.assignee.initials} name={`Assigned to ${row.assignee.name}`} /> : null),
  age: (row) => <Moment at={row.addedOn} look="age" className="text-ink-2" />,
  seen: (row) => <When at={row.lastSeenOn} />,
  decided: (row) => <When at={row.decidedOn} />,
  expires: (row) => (row.acceptedUntil ? <Moment at={row.acceptedUntil} look="day" className="truncate text-ink-2" /> : <Text>{null}</Text>),
  sla: (row) => <Sla row={row} />,
  due: (row) => <Due row={row} />,
};
