import { TICKET_REASONS } from "@/components/tickets/ticket-reasons";
import type { Question } from "./questions";

/** Why work and decision are two records. */
export const TICKETS_TOPIC: Question = {
  id: "tickets",
  ask: "Ticket and finding are two records",
  answer: (
    <>
      <p><b>The ticket tracks the work</b>: who fixes it, until when, how far it is. <b>The disposition records the position</b>: what the team decided about the finding, and why. Closing a ticket closes no finding; recording a disposition closes no ticket. One “done” for both would say that a weakness is settled when somebody only stopped working on it.</p>
      <p>A ticket is Open, Closed or Reopened, and counts how often. It closes with one of seven reasons:</p>
      <table>
        <thead><tr><th>Reason</th><th>What remains afterwards</th></tr></thead>
        <tbody>{TICKET_REASONS.map(({ reason, label, next }) => <tr key={reason}><td className="whitespace-nowrap">{label}</td><td>{next}</td></tr>)}</tbody>
      </table>
      <p>Reopening asks for a reason and flags those of its findings for re-review whose disposition was recorded; that disposition stands until somebody changes it.</p>
      <p>Select findings and press <b>t</b>: one ticket for all of them, one each, by rule or by component. Before anything is made you see what is left out and why, and what its tracker would get, word by word. A finding has one open ticket unless you insist on a second. What was missing when it was made stays written on it.</p>
      <p>The fix goes from open over in progress and resolved to verified. Nobody sets verified by hand: a retest that passes does, evidence that the policy accepts, or a scan that covers it and no longer sees it. A ticket shows the worst of its findings.</p>
    </>
  ),
};
