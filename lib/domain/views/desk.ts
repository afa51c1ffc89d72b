import type { ColumnId, Density, Layout } from "@/lib/domain/desk/layout";
import type { TextFault } from "@/lib/domain/filter/lex";
import type { Fault, Result } from "@/lib/domain/refusal";
import type { QueueFilter } from "./alerts";
import type { Instant } from "./shell";

/** A saved view as menus list it. `address` is its filter, order included. */
export type ViewRow = {
  id: number; name: string; description: string; isShared: boolean; isEverybodysDefault: boolean;
  address: string; layout: Layout; version: number; owner: string; isMine: boolean; mayChange: boolean; changedAt: Instant;
  /** how many people have it as their default, the reader included */
  defaultOf: number;
};

/** What a person has on their queue's desk: the views that they see, and what they looked at last. */
export type DeskView = {
  views: readonly ViewRow[];
  /** the view that is open, null outside of views */
  view: number | null;
  /** the address named a view that is not there, or not theirs to see */
  isViewMissing: boolean;
  filter: QueueFilter;
  /** columns and density outside of views */
  layout: Layout;
  /** those of the open view, where they were changed on top of it */
  changed: Layout | null;
  myDefault: number | null;
  pins: readonly number[];
  recent: readonly number[];
  /** told once: the default that somebody took away */
  lost: string | null;
  /** the text in the address, and what of it cannot be read */
  mistyped: { text: string; faults: readonly TextFault[]; /** single ones, which narrow nothing */ parameters: readonly Fault[] };
  /** what the server holds as last looked at, so that only a change is sent */
  kept: string | null;
  bookmarks: readonly number[];
  /** how many findings others shared with this person */
  sharedWithMe: number;
};

/** A view of the side: its exact count where that is cheap, null else. */
export type PinView = { id: number; name: string; address: string; count: number | null };

export type SaveViewInput = { environment: number; name: string; description?: string; shared?: boolean; filter: string; columns: readonly ColumnId[]; density: Density };
export type ChangeViewInput = Partial<Omit<SaveViewInput, "environment">> & { environment: number; view: number; version?: number; anyway?: boolean };

/** The doors of saved views, bookmarks and sharing. */
export type ViewActions = {
  saveView: (raw: SaveViewInput) => Promise<Result<{ id: number }>>;
  changeView: (raw: ChangeViewInput) => Promise<Result<{ id: number; version: number }>>;
  deleteView: (raw: { environment: number; view: number; anyway?: boolean }) => Promise<Result<{ id: number; defaults: number }>>;
  setDefaultView: (raw: { environment: number; view: number | null; everybody?: boolean }) => Promise<Result<{ view: number | null }>>;
  bookmarkFindings: (raw: { environment: number; items: readonly { number: number }[]; on: boolean }) => Promise<Result<{ bookmarks: readonly number[] }>>;
  shareFindings: (raw: { environment: number; items: readonly { number: number }[]; people: readonly number[]; note?: string }) => Promise<Result<{ shared: number; people: number }>>;
};
