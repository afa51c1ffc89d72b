import { RESPONSES, RESPONSE_LABELS } from "@/lib/domain/finding/words";
import { MODULE_HELP } from "@/lib/domain/module/help";
import { labelOf } from "@/lib/domain/module/labels";
import { MODULE_KEYS, moduleNamed, type ModuleKey, type OwnState } from "@/lib/domain/module/table";
import type { Question } from "./questions";

function Relabelled({ of }: { of: ModuleKey }) {
  const own = RESPONSES.filter((response) => labelOf(response, of) !== RESPONSE_LABELS[response]);
  return own.map((response) => <p key={response}><b>{labelOf(response, of)}</b> stands for {RESPONSE_LABELS[response]}; in filters it is <code>response:{response}</code>.</p>);
}

function States({ state }: { state: OwnState }) {
  return (
    <>
      <p><b>Extra state: {state.label}.</b> {state.ask} It stands beside the response as a second badge, never in its place, and is logged, filtered and taken back like any decision.</p>
      <table>
        <thead><tr><th>{state.label}</th><th>Meaning</th><th>Filter</th></tr></thead>
        <tbody>
          <tr><td>{state.unsaid.label}</td><td>{state.unsaid.means} So begins every finding.</td><td><code>state:none</code></td></tr>
          {state.values.map(({ value, label, means }) => <tr key={value}><td>{label}</td><td>{means}</td><td><code>state:{value}</code></td></tr>)}
        </tbody>
      </table>
    </>
  );
}

function Answer({ of }: { of: ModuleKey }) {
  const { what, filter, state } = moduleNamed(of);
  return (
    <>
      <p>{what}</p>
      {state ? <States state={state} /> : null}
      <Relabelled of={of} />
      {MODULE_HELP[of].map((sentence) => <p key={sentence}>{sentence}</p>)}
      {filter === "" ? null : <p className="break-words">A view of <code>{filter}</code>{of === "alerts" ? "" : <>; elsewhere <code>module:{of}</code>.</>} It is offered once it holds a finding.</p>}
    </>
  );
}

/** One answer for each module, written off the table that makes it. */
export const MODULE_TOPICS: readonly Question[] = MODULE_KEYS.map((key) => ({ id: `module-${key}`, ask: moduleNamed(key).label, answer: <Answer of={key} /> }));
