import type { NoticeEvent } from "@/lib/domain/notice/events";
import type { EnvironmentView, Instant, Me } from "./shell";

/** A message of the inbox; `path` leads to what it tells of, below the environment; null: to nothing in particular. */
export type NoticeView = { id: number; event: NoticeEvent; title: string; body: string; why: string; count: number; at: Instant; isRead: boolean; path: string | null };

export type InboxPage = { environment: EnvironmentView; me: Me; now: Instant; notices: readonly NoticeView[]; nextBefore: number | null; unread: number };

/** What a person is told of, event by event; `hasMail`: letters go out from here at all. */
export type ChoicesView = { choices: readonly { event: NoticeEvent; label: string; inApp: boolean; mail: boolean }[]; hasMail: boolean };

export type ListsView = { lists: readonly { event: NoticeEvent; label: string; addresses: readonly string[] }[] };
