"use client";
import { LettersSwitch } from "@/components/shell/keyboard-dialog";
import { useKeyboard } from "@/components/shell/keyboard";
import type { Role } from "@/lib/domain/access/can";
import type { ChoicesView, ListsView } from "@/lib/domain/views/notices";
import { KeyTable } from "./key-table";
import { ListForm } from "./list-form";
import { MessageTable } from "./message-table";
import { SettingsFrame } from "./settings-frame";

function AdvanceSwitch() {
  const { settings, change } = useKeyboard();
  return (
    <label className="flex items-start gap-2.5 rounded-lg bg-sunk px-3 py-2.5">
      <input type="checkbox" checked={settings.advance} onChange={(event) => change({ advance: event.target.checked })} className="mt-0.5 accent-(--accent)" />
      <span>
        <span className="font-medium">Go on to the next finding after a decision</span>
        <span className="block text-xs text-ink-2">The cursor and the drawer move at once. Switched off, they stay where they are.</span>
      </span>
    </label>
  );
}

type Props = { role: Role; environment: number; messages: ChoicesView | null; lists: ListsView | null };

/** What a person sets for themselves, in force at once; and, for whoever manages the environment, who is written to beside them. */
export function SettingsScreen({ role, environment, messages, lists }: Props) {
  return (
    <SettingsFrame environment={environment} role={role} here={null} title="Settings" width="max-w-4xl">
      <h2 id="keyboard" className="mb-1 text-lg font-semibold tracking-tight">Keyboard</h2>
      <p className="mb-4 text-ink-2">These are yours alone, in every environment and on every device.</p>
      <div className="mb-5 flex flex-col gap-2"><LettersSwitch /><AdvanceSwitch /></div>
      <KeyTable role={role} />
      {messages ? (
        <>
          <h2 id="messages" className="mt-9 mb-1 text-lg font-semibold tracking-tight">Messages</h2>
          <p className="mb-3 text-ink-2">What you are told of in this environment. Switching something off narrows the messages, never the work.</p>
          <MessageTable environment={environment} view={messages} />
        </>
      ) : null}
      {lists ? (
        <>
          <h2 id="lists" className="mt-9 mb-1 text-lg font-semibold tracking-tight">Address lists</h2>
          <p className="mb-3 text-ink-2">Who is written to beside the people concerned: a mailbox that a team reads.</p>
          <ListForm environment={environment} view={lists} />
        </>
      ) : null}
    </SettingsFrame>
  );
}
