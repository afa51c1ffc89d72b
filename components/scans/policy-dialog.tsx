"use client";
import { useState } from "react";
import { SendFooter, useSend } from "@/components/alerts/dialog-parts";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, Select } from "@/components/ui/field";
import type { ImportPolicy } from "@/lib/domain/scan/brake";
import type { AcceptanceRules, ImportRules } from "@/lib/domain/records/policy";

const whole = (text: string, most: number): number | null => (/^\d{1,7}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= most ? Number(text) : null);

/** What the dialog changes of a policy. */
export type PolicyRules = { import: ImportRules; acceptance: Pick<AcceptanceRules, "approval_required"> };

/** How imports stop in this environment (shown first or applied at once, and when the brake holds a scan for a manager), and whether acceptances need a second person. */
export function PolicyDialog({ imports, acceptance, onSave, onClose }: { imports: ImportPolicy; acceptance: AcceptanceRules; onSave: (rules: PolicyRules) => Promise<boolean>; onClose: () => void }) {
  const [mode, setMode] = useState(imports.mode);
  const [percent, setPercent] = useState(String(imports.brakePercent));
  const [least, setLeast] = useState(String(imports.brakeLeast));
  const [approval, setApproval] = useState(acceptance.approval_required);
  const [share, number] = [whole(percent, 100), whole(least, 1_000_000)];
  const send = useSend(share !== null && number !== null, async () => {
    if (share === null || number === null) return false;
    const done = await onSave({ import: { mode, brake_percent: share, brake_least: number }, acceptance: { approval_required: approval } });
    if (done) onClose();
    return done;
  });
  return (
    <Dialog title="Policy" aside="For what is sent and decided from now on" onClose={onClose} onKeyDown={send.onKeyDown}
      footer={<SendFooter hint="A version of the policy; the log keeps it" label="Save" sending={send.sending} onCancel={onClose} onSend={send.submit} />}
    >
      <Field label="A report whose sender does not say" hint="is">
        {(wires) => (
          <Select {...wires} data-autofocus value={mode} onChange={(event) => setMode(event.target.value === "preview" ? "preview" : "apply")}>
            <option value="apply">applied at once</option>
            <option value="preview">shown first</option>
          </Select>
        )}
      </Field>
      <p className="mt-3 text-ink-2">A scan is held for a manager when both are true for what one detector has found on one asset:</p>
      <div className="mt-2 grid gap-3 sm:grid-cols-2">
        <Field label="More than this share would vanish" hint="%" error={send.tried && share === null ? "From 1 to 100." : null}>
          {(wires) => <Input {...wires} inputMode="numeric" value={percent} onChange={(event) => setPercent(event.target.value)} />}
        </Field>
        <Field label="And at least so many" hint="findings" error={send.tried && number === null ? "From 1 to 1,000,000." : null}>
          {(wires) => <Input {...wires} inputMode="numeric" value={least} onChange={(event) => setLeast(event.target.value)} />}
        </Field>
      </div>
      <label className="mt-4 flex items-start gap-2.5 rounded-lg bg-sunk px-3 py-2.5">
        <input type="checkbox" checked={approval} onChange={(event) => setApproval(event.target.checked)} className="mt-0.5 accent-(--accent)" />
        <span>
          <span className="font-medium">Acceptances wait for another&apos;s approval</span>
          <span className="block text-xs text-ink-2">Whoever accepts a risk asks for it; a manager who is somebody else approves or refuses. What waits stands under “acceptance requested”.</span>
        </span>
      </label>
    </Dialog>
  );
}
