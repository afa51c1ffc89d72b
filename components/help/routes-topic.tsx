import { ROUTE_LABELS, ROUTES } from "@/lib/domain/finding/words";
import { ROUTE_MEANS } from "@/lib/domain/route/means";
import type { Question } from "./questions";

/** How the work on a finding is handed over. */
export const ROUTES_TOPIC: Question = {
  id: "routes",
  ask: "What is a route?",
  answer: (
    <>
      <p>A decision of its own on each finding: how its work is handed over, by whom it was said, and why. It changes neither the response nor the clocks, and sends nothing by itself.</p>
      <table>
        <thead><tr><th>Route</th><th>What it says</th></tr></thead>
        <tbody>{ROUTES.map((each) => <tr key={each}><td className="whitespace-nowrap">{ROUTE_LABELS[each]}</td><td>{ROUTE_MEANS[each]}</td></tr>)}</tbody>
      </table>
      <p>A finding is handed over once somebody has triaged it, calibrated its severity and owns it or its asset; until then it can be paused. What is informational, decided away or on an asset that goes can only stay on record. A ticket made by hand is the route “Ticket” as well. <code>route:none</code> finds what nobody has routed.</p>
    </>
  ),
};
