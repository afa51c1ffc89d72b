import type { ReactNode } from "react";

export type Question = { id: string; ask: string; answer: ReactNode };

/** What people ask while they work; each is linked from where the question arises. */
export const QUESTIONS: readonly Question[] = [
  {
    id: "still-here",
    ask: "I fixed it. Why is the finding still in my queue?",
    answer: (
      <>
        <p>Because nobody and nothing has said so yet. A finding leaves Needs Review and Investigating in one of two ways:</p>
        <ul>
          <li>a scan that covers it no longer sees it: it moves to the Closed tab by itself, its dot turns hollow, and its response stays what it was; or</li>
          <li>you record a disposition: press <b>e</b>, choose Patched, and say what proves it.</li>
        </ul>
        <p>A fix does not set the response, and a scan that failed or looked elsewhere proves nothing. “Last scanned” in the finding says when it was last looked at; if that was before your fix, wait for the next scan or import one.</p>
      </>
    ),
  },
  {
    id: "came-back",
    ask: "A finding I closed came back. Is that a bug?",
    answer: (
      <>
        <p>No. A later scan saw it again, and Docket does not hide that. What you decided is kept: who, when, why and on which evidence stay in the timeline.</p>
        <ul>
          <li>Closed as <b>patched</b>, <b>decommissioned</b> or without a reason: the sighting contradicts it, so the system moves it to Reopened and it needs review again. It is marked Regressed.</li>
          <li>Closed as <b>false positive</b>, <b>duplicate</b> or <b>mitigated</b>, or an accepted risk: the decision already expected the sighting, so it stands. The amber dot comes back, and the finding is counted under “live in Closed”.</li>
        </ul>
      </>
    ),
  },
  {
    id: "look-again",
    ask: "What is a re-review, and how do I answer it?",
    answer: (
      <>
        <p>Somebody decided, and then something happened that makes the decision worth a second look: its ticket was reopened, the finding was seen again, its original came back, or a day came that was set for it. The decision stands meanwhile; the finding says “Look again” with the reason, and the chip “re-review” beside the tabs counts it.</p>
        <ul>
          <li>It is still right: <b>p</b> keeps it, with a note. Tick many to keep them together; by filter, all that match.</li>
          <li>It is right, and its reason, date or note is not: <b>n</b> amends it. The status stays, and the timeline keeps what stood before. Closing anew with another reason does the same.</li>
          <li>It is wrong: decide anew. Any change of status answers it as well.</li>
        </ul>
        <p>A flag never goes by itself, and nobody takes it back without an answer; each of these answers can be taken back.</p>
      </>
    ),
  },
  {
    id: "same-again",
    ask: "How does Docket know that it is the same weakness again?",
    answer: (
      <>
        <p>By a fingerprint of what does not move when people edit around it: the rule, the file and the flagged text, never the line. A file that was moved is known again by its rule and text, when only one finding went and only one came; it keeps its number and decisions.</p>
        <p>A new version of a tool may tell everything anew. Then decided findings vanish, and new ones appear that look like them. Docket says so and carries nothing by itself: <b>c</b> carries the decision over as your own, with its expiry, assignee and tags; “Not the same” settles it. A scan’s page carries all of them at once. The old finding stays as it is, and you can take it back.</p>
        <p>The same CVE on the same asset, seen by two tools, stays two findings, since neither tool may close the other’s. Each shows the other under “Also seen by”.</p>
      </>
    ),
  },
  {
    id: "accepted-or-closed",
    ask: "What is the difference between Accepted Risk and Closed?",
    answer: (
      <>
        <p><b>Accepted Risk</b> says: it is real, it is still there, and we live with it until a date. It has an owner and an expiry; on that day it comes back to Needs Review. Its effective severity is lowered by a band, not removed.</p>
        <p><b>Closed</b> says: there is nothing left to do. It was fixed, mitigated, a duplicate, gone with its asset, or never a weakness.</p>
      </>
    ),
  },
  {
    id: "closed",
    ask: "Why are two things called Closed?",
    answer: (
      <>
        <p>Because two different parties close. <b>Scanner-closed</b> means that the latest covering scan no longer detects it: a hollow dot, “Not Detected in Latest Scan”. <b>Closed by people</b> means that somebody recorded a disposition with a reason.</p>
        <p>Either can be true without the other. The Closed tab shows the union, so that nothing is lost between them: closed by people, or no longer detected, or both. The green number above the tabs counts only what people closed. What people closed and scanners still see is counted as “live in Closed”.</p>
      </>
    ),
  },
  {
    id: "legacy",
    ask: "What are the legacy labels?",
    answer: (
      <>
        <p>Words of an older status field. Docket reads them on import and in old searches, and shows today’s word:</p>
        <table>
          <thead><tr><th>Old label or code</th><th>Today</th></tr></thead>
          <tbody>
            <tr><td>None (0), Reopened, unknown codes</td><td>Needs Review</td></tr>
            <tr><td>Investigating (1, 9)</td><td>Investigating</td></tr>
            <tr><td>Public (2), Accepted Risk (4)</td><td>Accepted Risk</td></tr>
            <tr><td>To Be Closed (3), Closed (5), Reviewed (10)</td><td>Closed</td></tr>
          </tbody>
        </table>
        <p>An old code counts once, when a finding is first seen. A later report never overrides what you decided since.</p>
      </>
    ),
  },
  {
    id: "notify",
    ask: "Does changing a status notify anyone?",
    answer: (
      <>
        <p>Your decision is written to the finding’s timeline and to the audit log, with your name. If somebody else is its assignee, they find a message in their inbox and get a letter, and you get a copy of that letter; for what is your own nobody is told. A bulk action is one message for each assignee, not a thousand.</p>
        <p>A change of the <b>scanner’s</b> status notifies nobody by itself: scans would cry wolf every night. The one exception is a finding that was gone and is found again: that restarts its clocks and tells its assignee. New critical findings are told to those who manage the environment, once for each scan.</p>
        <p>Each person chooses under Settings, Messages, what they are told of and how. That narrows the messages, never the work.</p>
      </>
    ),
  },
  {
    id: "why-here",
    ask: "Why is this finding under this tab?",
    answer: (
      <>
        <p>A tab is computed from two facts: what people decided, and whether the latest covering scan detects it. Every finding says so itself, under “Why it is here”: the rule, the times, and who or what moved it last.</p>
        <table>
          <thead><tr><th>Tab</th><th>Decision</th><th>Detected?</th></tr></thead>
          <tbody>
            <tr><td>Needs Review</td><td>open or reopened</td><td>yes</td></tr>
            <tr><td>Investigating</td><td>in progress</td><td>yes</td></tr>
            <tr><td>Accepted Risk</td><td>accepted until a date</td><td>yes</td></tr>
            <tr><td>Closed</td><td>resolved or false positive, <b>or anything that is</b></td><td><b>not detected</b></td></tr>
            <tr><td>All</td><td>any</td><td>any</td></tr>
          </tbody>
        </table>
      </>
    ),
  },
];
