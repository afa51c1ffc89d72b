"use client";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { KEY_GROUPS } from "./keys";
import { useLetterKeys } from "./letter-keys";

export function KeyboardDialog({ onClose }: { onClose: () => void }) {
  const [isOn, setOn] = useLetterKeys();
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose} width={900}>
      <div className="gap-x-8 sm:columns-2 lg:columns-3">
        {KEY_GROUPS.map((group) => (
          <section key={group.title} className="mb-4 break-inside-avoid">
            <h3 className="mb-1 text-xs font-medium text-ink-3">{group.title}</h3>
            <dl>
              {group.keys.map((row) => (
                <div key={row.does} className="flex items-center justify-between gap-3 py-1">
                  <dt>{row.does}</dt>
                  <dd className="flex items-center gap-1"><span className="sr-only">{row.keys.join(" ")}</span>{row.keys.map((key) => <Kbd key={key}>{key}</Kbd>)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <label className="flex items-start gap-2.5 rounded-lg bg-sunk px-3 py-2.5">
        <input type="checkbox" checked={isOn} onChange={(event) => setOn(event.target.checked)} className="mt-0.5 accent-(--accent)" />
        <span>
          <span className="font-medium">Single letters act as commands</span>
          <span className="block text-xs text-ink-2">Switch this off if you dictate, or press letters by accident. Enter, Esc and every button keep working. Kept on this device.</span>
        </span>
      </label>
    </Dialog>
  );
}
