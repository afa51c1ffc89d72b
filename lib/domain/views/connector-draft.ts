/** A request word by word, with dots for what is secret. `of`: the ticket that it is shown for; null: a sample. */
export type RequestView = { method: string; address: string; headers: Readonly<Record<string, string>>; body: string; of: string | null };

/** One thing that was looked at when a connector was tried; `fix` says what to do about it. */
export type CheckView = { name: "reachable" | "credentials" | "permission" | "fields" | "webhook"; ok: boolean; detail: string; fix: string | null };
