"use client";
import { Plus } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ClockProvider } from "@/components/ui/clock";
import { Moment } from "@/components/ui/moment";
import { EmptyState } from "@/components/ui/states";
import { ROLE_LABELS } from "@/lib/domain/access/can";
import { SCOPE_WORDS, SCOPES } from "@/lib/domain/access/scopes";
import type { TokenRecord } from "@/lib/domain/records/token";
import type { TokensPage } from "@/lib/domain/views/tokens";
import { SettingsFrame } from "./settings-frame";
import { MakeTokenDialog, RevokeTokenDialog } from "./token-dialogs";

const STATES = {
  active: { label: "Active", tone: "good" }, asleep: { label: "Asleep: its person is disabled or no member", tone: "medium" }, expired: { label: "Expired", tone: "neutral" }, revoked: { label: "Revoked", tone: "neutral" },
} as const;

/** What of its role a token was made for. */
function scopesInWords({ scopes }: TokenRecord): string {
  return scopes.length === SCOPES.length ? "all scopes" : scopes.map((scope) => SCOPE_WORDS[scope].label.toLowerCase()).join(", ");
}

function Row({ token, onRevoke }: { token: TokenRecord; onRevoke: () => void }) {
  const holds = token.state === "active" || token.state === "asleep";
  return (
    <tr className="border-b border-line align-baseline last:border-b-0">
      <th scope="row" className="max-w-56 py-2 pr-3 text-left font-medium break-words">{token.name}<span className="block font-mono text-xs font-normal text-ink-3">{token.prefix}…</span></th>
      <td className="max-w-44 py-2 pr-3">{ROLE_LABELS[token.role]}<span className="block text-xs text-ink-3">{scopesInWords(token)}</span></td>
      <td className="max-w-44 py-2 pr-3 break-words">{token.addresses.length === 0 ? <span className="text-ink-3">anywhere</span> : <span className="font-mono text-xs">{token.addresses.join(", ")}</span>}</td>
      <td className="max-w-48 py-2 pr-3 break-words">{token.person ?? <span className="text-ink-3">nobody</span>}</td>
      <td className="py-2 pr-3 whitespace-nowrap">{token.last_used_at ? <Moment at={token.last_used_at} /> : <span className="text-ink-3">never</span>}</td>
      <td className="py-2 pr-3 whitespace-nowrap">{token.revoked_at ? <><span className="text-ink-3">revoked </span><Moment at={token.revoked_at} /></> : <>{token.state === "expired" ? <span className="text-ink-3">expired </span> : null}<Moment at={token.expires_at} look="day" /></>}</td>
      <td className="py-2 pr-3"><Badge tone={STATES[token.state].tone}>{STATES[token.state].label}</Badge></td>
      <td className="py-2 text-right">{holds ? <Button size="xs" look="quiet" aria-label={`Revoke ${token.name}`} onClick={onRevoke}>Revoke…</Button> : null}</td>
    </tr>
  );
}

/** Who may call the REST interface without signing in: each token with its role, its person and when it was used last. */
export function TokensScreen({ page }: { page: TokensPage }) {
  const [isMaking, setMaking] = useState(false);
  const [ending, setEnding] = useState<TokenRecord | null>(null);
  const environment = page.environment.number;
  return (
    <ClockProvider now={page.now}>
      <SettingsFrame environment={environment} role={page.me.role} here="tokens" title="Tokens" actions={<Button look="primary" onClick={() => setMaking(true)}><Plus size={13} aria-hidden />Make a token</Button>}>
        <p className="mb-3 text-ink-2">A token calls the REST interface of this environment: it may what its role allows, of that what its scopes hold, and from the addresses that it names. It is shown once, when it is made. For a colleague the operator makes one at the command line.</p>
        {page.tokens.length === 0 ? <EmptyState title="No tokens yet">A script or a pipeline needs one to send reports or to read findings.</EmptyState> : (
          <div className="overflow-x-auto">
            <table className="w-full min-w-[800px] text-sm">
              <caption className="sr-only">Tokens of this environment</caption>
              <thead><tr className="border-b border-line text-left text-xs text-ink-3">{["Name", "May", "From", "Person", "Last used", "Expires", "State"].map((head) => <th key={head} scope="col" className="py-1.5 pr-3 font-normal">{head}</th>)}<th scope="col"><span className="sr-only">Revoke</span></th></tr></thead>
              <tbody>{page.tokens.map((token) => <Row key={token.id} token={token} onRevoke={() => setEnding(token)} />)}</tbody>
            </table>
          </div>
        )}
        {isMaking ? <MakeTokenDialog environment={environment} me={page.me} onClose={() => setMaking(false)} /> : null}
        {ending ? <RevokeTokenDialog environment={environment} token={ending} onClose={() => setEnding(null)} /> : null}
      </SettingsFrame>
    </ClockProvider>
  );
}
