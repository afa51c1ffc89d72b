import type { Question } from "./questions";

/** How a tracker tells what changes there, and how its word is known to be its own. */
export const WEBHOOKS_TOPIC: Question = {
  id: "webhooks",
  ask: "How a tracker tells Docket what changed",
  answer: (
    <>
      <p>Each connector has an address of its own and a secret (Settings, Connectors, <b>Webhooks…</b>). What is sent there is taken only where it is signed with that secret; what a tracker says is kept as its word, and never closes a finding. Without webhooks Docket asks the tracker every few minutes: they only make it sooner.</p>
      <p><b>Jira and GitHub sign by themselves</b>: enter address and secret where they keep their webhooks. <b>ServiceNow and senders of your own sign so:</b></p>
      <table>
        <thead><tr><th>Header</th><th>What it holds</th></tr></thead>
        <tbody>
          <tr><td><code>x-docket-timestamp</code></td><td>Seconds since 1970. What is older or newer than five minutes is refused. ServiceNow may leave it out, since its record is looked up; a sender of your own that leaves it out says <code>at</code> in the body, or is refused.</td></tr>
          <tr><td><code>x-docket-signature</code></td><td><code>sha256=</code> and the HMAC-SHA-256 in hexadecimal, made with the secret, of the timestamp, a dot and the body; without a timestamp, of the body alone. The body counts byte by byte: sign what is sent.</td></tr>
          <tr><td><code>x-docket-delivery</code></td><td>A name of this delivery, where it has no timestamp: the same name twice counts once. Left out, the body itself is its name. With a timestamp what is signed names it, and this header counts for nothing: the same bytes twice count once, another try with a new timestamp is another delivery.</td></tr>
        </tbody>
      </table>
      <p>The body is JSON. From ServiceNow <code>number</code> and <code>sys_updated_on</code> are enough: Docket looks the record up. A sender of your own says <code>key</code> and what changed: <code>status</code>, <code>done</code>, <code>started</code>, <code>title</code>, <code>assignee</code>, <code>severity</code>, <code>labels</code>, <code>by</code>, and <code>at</code> as the instant of the change, such as <code>2027-01-15T08:00:00Z</code> (left out, it is the time of sending); <code>event</code> “deleted” says that it is gone. With <code>at</code> a sender may try again as often as it likes: what is known already changes nothing. The dialog beside the address has an example for a shell, with openssl and curl.</p>
    </>
  ),
};
