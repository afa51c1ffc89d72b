"use client";
import { useRouter } from "next/navigation";
import { useRef, useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { ROLE_LABELS } from "@/lib/domain/access/can";
import type { DemoAccount } from "@/lib/domain/views/shell";

/** A path inside Docket, or the front door: a link from outside never decides where a person lands. */
function safeTarget(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : "/";
}

const FAULTS: Record<string, string> = {
  CredentialsSignin: "E-mail or password is wrong.",
  limited: "Too many attempts. Wait a few minutes, then try again.",
  disabled: "This account is switched off. Ask your administrator.",
};

function Demo({ accounts, onChoose }: { accounts: readonly DemoAccount[]; onChoose: (account: DemoAccount) => void }) {
  if (accounts.length === 0) return null;
  return (
    <section aria-label="Demo accounts" className="mt-6 border-t border-line pt-4">
      <h2 className="mb-1.5 text-xs text-ink-3">Demo accounts: choose one to fill the form</h2>
      <ul>
        {accounts.map((account) => (
          <li key={account.email}>
            <button type="button" onClick={() => onChoose(account)} className="-mx-2 flex w-[calc(100%+1rem)] items-baseline gap-2 rounded-md px-2 py-1.5 text-left hover:bg-hover">
              <span className="w-16 font-medium">{ROLE_LABELS[account.role]}</span><span className="min-w-0 flex-1 text-xs text-ink-3">{account.may}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The way in. `next` is where the person was going. */
export function SignInScreen({ demoAccounts, next, error }: { demoAccounts: readonly DemoAccount[]; next: string | null; error: string | null }) {
  const router = useRouter();
  const password = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState({ email: "", password: "" });
  const [state, setState] = useState<{ sending: boolean; fault: string | null }>({ sending: false, fault: error ? (FAULTS[error] ?? "Signing in did not work. Try again.") : null });

  async function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (state.sending) return;
    setState({ sending: true, fault: null });
    const { signIn } = await import("next-auth/react");
    const answer = await signIn("credentials", { ...draft, redirect: false }).catch(() => null);
    if (!answer) return setState({ sending: false, fault: "Docket did not answer. Check your connection and try again." });
    if (!answer.ok) {
      setState({ sending: false, fault: FAULTS[answer.error ?? ""] ?? answer.error ?? "Signing in did not work. Try again." });
      password.current?.focus();
      password.current?.select(); // to be typed over
      return;
    }
    router.replace(safeTarget(next));
    router.refresh();
  }

  return (
    <main className="grid min-h-dvh place-items-center bg-ground px-4 py-10">
      <div className="w-full max-w-[360px]">
        <div className="mb-6 flex items-center gap-2.5 text-lg font-semibold tracking-tight"><span aria-hidden className="grid size-7 place-items-center rounded-lg bg-accent text-base leading-none font-bold text-accent-ink">D</span>Docket</div>
        <div className="rounded-[14px] border border-line bg-panel px-6 py-6 shadow-menu">
          <h1 className="mb-4 text-lg font-semibold tracking-tight">Sign in</h1>
          <form onSubmit={(event) => void onSubmit(event)} className="space-y-3.5">
            <Field label="E-mail">{(wires) => <Input {...wires} type="email" name="email" autoComplete="username" required maxLength={254} value={draft.email} onChange={(event) => setDraft({ ...draft, email: event.target.value })} />}</Field>
            <Field label="Password">{(wires) => <Input {...wires} ref={password} type="password" name="password" autoComplete="current-password" required maxLength={200} value={draft.password} onChange={(event) => setDraft({ ...draft, password: event.target.value })} />}</Field>
            {state.fault ? <p role="alert" className="rounded-lg bg-danger-soft px-3 py-2 text-danger">{state.fault}</p> : null}
            <Button type="submit" size="md" look="primary" loading={state.sending} className="w-full">Sign in</Button>
          </form>
          <Demo accounts={demoAccounts} onChoose={(account) => setDraft({ email: account.email, password: account.password })} />
        </div>
      </div>
    </main>
  );
}
