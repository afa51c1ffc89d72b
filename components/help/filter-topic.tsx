import { FIELD_WORDS } from "@/lib/domain/filter/field-words";
import { FIELD_NAMES, fieldOf } from "@/lib/domain/filter/fields";
import type { Question } from "./questions";

/** The filter language, its fields read off the table that reads filters. */
export const FILTER_TOPIC: Question = {
  id: "filter",
  ask: "How do I filter the queue?",
  answer: (
    <>
      <p>Press <b>/</b> and type. The same text works in the field, in the address, in saved views and as <code>q</code> of the REST interface.</p>
      <ul>
        <li><code>severity:high,critical</code>: values with commas are alternatives. Conditions side by side add up: <code>severity:high age:&gt;30d</code>.</li>
        <li><code>-tag:known</code> or <code>NOT tag:known</code> takes away; <code>is:kev OR epss:&gt;0.5</code> asks for either; parentheses hold several together.</li>
        <li>A field that is named twice widens: <code>tag:pci tag:edge</code> is either. <code>tag:pci AND tag:edge</code> asks for both. Properties (<code>is:</code>), numbers and times always add up.</li>
        <li><code>*</code> stands for anything: <code>asset:api.*</code>; <code>-owner:*</code> is without an owner.</li>
        <li>Times: <code>age:&gt;30d</code>, <code>seen:&lt;7d</code>, <code>due:&lt;24h</code>, <code>added:2026-11-01..2026-11-21</code>. Numbers: <code>cvss:&gt;=7</code>, <code>port:8000..8100</code>.</li>
        <li>Any other word is searched for in titles, places, assets, rules and identifiers; double quotes keep words together, and a quote inside them is written twice.</li>
        <li>Old searches still work: <code>response in (&quot;To Be Closed&quot;, &quot;None&quot;)</code>.</li>
      </ul>
      <p>A mistake is marked at its character, and nothing is filtered by it. Of a link that holds one, a value that cannot be read is left out, and a field that does not exist is searched for as a text. While you type, ↓ reaches what is offered, Tab takes it, Enter filters; Backspace at the beginning changes the last condition.</p>
      <table>
        <thead><tr><th>Field</th><th>Meaning</th><th>Also</th></tr></thead>
        <tbody>
          {FIELD_NAMES.map((name) => <tr key={name}><td><code>{name}:</code></td><td>{FIELD_WORDS[name].does}</td><td>{fieldOf(name).aliases.join(", ")}</td></tr>)}
        </tbody>
      </table>
    </>
  ),
};
