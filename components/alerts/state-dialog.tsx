"use client";
import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { moduleNamed, STATEFUL, type ModuleState, type StatefulModule } from "@/lib/domain/module/table";
import type { FindingRow } from "@/lib/domain/views/alerts";
import { Choice } from "./choice";
import { sayState } from "./deeds";
import { HelpLink, SendFooter, useSend, WillDo } from "./dialog-parts";
import { subjectOf } from "./subject";
import type { DialogProps } from "./use-commands";

/** The module of most of the rows: the others are left alone, and said so. */
function moduleOfMost(rows: readonly FindingRow[]): StatefulModule | null {
  const counted = STATEFUL.map((each) => ({ each, n: rows.filter((row) => row.stateModule === each.key).length }));
  const most = counted.toSorted((one, other) => other.n - one.n)[0];
  return most && most.n > 0 ? most.each : null;
}

/** How the chosen findings stand in their module, beside the response, which stays. */
export function StateDialog({ desk, rows, onClose, onSubmit }: DialogProps) {
  const owner = moduleOfMost(rows);
  const own = rows.filter((row) => row.stateModule === owner?.key);
  const [chosen, setChosen] = useState<ModuleState | null>(own[0]?.moduleState ?? owner?.state.values[0]?.value ?? null);
  const send = useSend(owner !== null, () => onSubmit((fresh) => sayState(desk, fresh.filter((row) => row.stateModule === owner?.key), chosen)));
  const foreign = rows.filter((row) => row.stateModule !== owner?.key).map((row) => ({ row, why: row.stateModule === null ? "no module of it has a state of its own" : `it is of ${moduleNamed(row.stateModule).label}` }));

  if (!owner) {
    return (
      <Dialog title="State in its module" aside={subjectOf(rows)} onClose={onClose} width={520}>
        <p className="text-ink-2">Beside the response, a state is said of findings of {STATEFUL.map(({ label }) => label).join(", ")}. None of these is one. <HelpLink environment={desk.environment} topic="module-secrets">Which are?</HelpLink></p>
      </Dialog>
    );
  }
  return (
    <Dialog
      title={owner.state.label} aside={subjectOf(rows)} onClose={onClose} onKeyDown={send.onKeyDown} width={560}
      footer={<SendFooter hint={`You can undo this for ${desk.policy.undoHours} hours`} label="Set" sending={send.sending} onCancel={onClose} onSend={send.submit} />}
    >
      <fieldset>
        <legend className="pb-1.5 text-ink-2">{owner.state.ask}</legend>
        {owner.state.values.map(({ value, label, means }) => <Choice key={value} name="state" label={label} means={means} isOn={chosen === value} onChoose={() => setChosen(value)} />)}
        <Choice name="state" label={owner.state.unsaid.label} means={owner.state.unsaid.means} isOn={chosen === null} onChoose={() => setChosen(null)} />
      </fieldset>
      <WillDo skips={foreign}>The response stays as it is. <HelpLink environment={desk.environment} topic={`module-${owner.key}`}>What is the difference?</HelpLink></WillDo>
    </Dialog>
  );
}
