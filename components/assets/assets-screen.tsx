"use client";
import { FileUp, Plus, SearchX, Server } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useCommandKeys, type Handlers } from "@/components/shell/command-registry";
import { KeyCaps, useKeyHints } from "@/components/shell/keyboard";
import { announceRefusal } from "@/components/alerts/outcome-toast";
import { Page, PageHead } from "@/components/shell/page-head";
import { lateDialog } from "@/components/shell/late-dialog";
import { Button, buttonClass } from "@/components/ui/button";
import { ClockProvider } from "@/components/ui/clock";
import { RowsFoot } from "@/components/ui/rows-foot";
import { EmptyState } from "@/components/ui/states";
import { pressKept } from "@/components/ui/toast";
import { can } from "@/lib/domain/access/can";
import { narrowings } from "@/lib/domain/asset/address";
import { ASSET_FIELDS } from "@/lib/domain/asset/words";
import type { AssetActions, AssetRow, AssetsPage } from "@/lib/domain/views/assets";
import { assetsOf } from "./announce";
import { AssetFilters, withoutAll } from "./asset-filters";
import { AssetList } from "./asset-list";
import { AssetSearch, focusAssetSearch } from "./asset-search";
import { AssetsBar } from "./assets-bar";
import { CoverageLine } from "./coverage-line";
import type { EditTarget } from "./edit-dialog";
import type { Shared } from "./fields";
import { useAssetSelection } from "./use-asset-selection";
import { useAssetFilter, useAssetRows } from "./use-assets";

const EditDialog = lateDialog(() => import("./edit-dialog").then((file) => file.EditDialog));
const CreateDialog = lateDialog(() => import("./create-dialog").then((file) => file.CreateDialog));
const ImportDialog = lateDialog(() => import("./import-dialog").then((file) => file.ImportDialog));

type Open = { dialog: "create" } | { dialog: "import" } | { dialog: "edit"; items: readonly EditTarget[]; rows: readonly AssetRow[] } | null;

/** What all of these assets say alike; of more than are loaded nothing is known. */
function sharedBy(items: readonly EditTarget[], rows: readonly AssetRow[]): Shared {
  const [first, ...others] = rows;
  if (!first || rows.length < items.length) return {};
  return Object.fromEntries(ASSET_FIELDS.filter((field) => others.every((row) => row[field] === first[field])).map((field) => [field, first[field]]));
}

/** Everything that the screen knows and does. */
function useAssetDesk(page: AssetsPage, actions: AssetActions) {
  const router = useRouter();
  const environment = page.environment.number;
  const mayEdit = can(page.me.role, "asset.manage");
  const list = useAssetRows(page, actions.loadAssets);
  const filter = useAssetFilter(page.filter);
  const selection = useAssetSelection(list.rows, mayEdit);
  const [whole, setWhole] = useState<readonly EditTarget[] | null>(null); // all that match, with the versions of when they were asked for
  const [open, setOpen] = useState<Open>(null);
  const ticked = list.rows.filter((row) => selection.ticked.has(row.id));

  function clear() {
    setWhole(null);
    selection.clear();
  }
  function edit() {
    if (!mayEdit) return;
    const rows = ticked.length > 0 ? ticked : selection.current ? [selection.current] : [];
    const items = whole ?? rows.map(({ id, version }) => ({ id, version }));
    if (items.length > 0) setOpen({ dialog: "edit", items, rows });
  }
  async function takeAll() {
    const answer = await actions.matchAssets({ environment, filter: page.filter }).catch(() => null);
    if (answer?.ok) {
      setWhole(answer.value);
      selection.toggle(list.rows.map(({ id }) => id), true);
    } else if (answer) announceRefusal(answer.refusal);
  }
  function done() {
    setOpen(null);
    clear();
    router.refresh();
  }
  const show = (asset: AssetRow) => router.push(`/e/${environment}/assets/${asset.id}`);
  const go = (next: typeof page.filter) => {
    clear();
    filter.go(next);
  };
  return { environment, mayEdit, list, filter: { ...filter, go }, selection, ticked, whole, setWhole, open, setOpen, clear, edit, takeAll: () => void takeAll(), done, refresh: () => router.refresh(), show };
}

type Desk = ReturnType<typeof useAssetDesk>;

function keysOf({ environment, selection, list, setOpen, mayEdit, edit, show, clear, whole }: Desk): Handlers {
  const down = () => {
    selection.moveTo(selection.index + 1);
    if (selection.index >= list.rows.length - 5) list.loadMore();
  };
  const up = () => void selection.moveTo(selection.index - 1);
  const tick = () => { if (selection.current && whole === null) selection.toggle([selection.current.id]); };
  return {
    "move.next": down, "move.previous": up, "select.down": () => selection.extend(1), "select.up": () => selection.extend(-1), "select.toggle": tick,
    "open.beside": () => { if (selection.current) show(selection.current); }, back: clear, "filter.focus": focusAssetSearch, "action.undo": () => pressKept(assetsOf(environment)),
    ...(mayEdit ? { "asset.edit": edit, "asset.add": () => setOpen({ dialog: "create" }) } : {}),
  };
}

function Empty({ page, desk }: { page: AssetsPage; desk: Desk }) {
  if (narrowings(page.filter) > 0) {
    return <EmptyState icon={<SearchX size={18} />} title="No asset matches" actions={<Button onClick={() => desk.filter.go(withoutAll(page.filter))}>Clear the filter</Button>}><p>Nothing in the inventory fits the filter.</p></EmptyState>;
  }
  return (
    <EmptyState icon={<Server size={18} />} title="No asset yet" actions={desk.mayEdit ? <><Button look="primary" onClick={() => desk.setOpen({ dialog: "import" })}>Import a CSV</Button><Button onClick={() => desk.setOpen({ dialog: "create" })}>Add an asset</Button></> : <Link href={`/e/${desk.environment}/scans`} className={buttonClass()}>Go to the scans</Link>}>
      <p>The first scan brings the assets that it looked at. What should be scanned and is not shows only when somebody enters it here.</p>
    </EmptyState>
  );
}

function Dialogs({ page, desk, actions }: { page: AssetsPage; desk: Desk; actions: AssetActions }) {
  const { open, environment } = desk;
  const close = () => desk.setOpen(null);
  const known = { owners: page.facets.owner.map(({ value }) => value), teams: page.facets.team.map(({ value }) => value) };
  if (open?.dialog === "create") return <CreateDialog environment={environment} known={known} create={actions.createAsset} onDone={desk.done} onClose={close} />;
  if (open?.dialog === "import") return <ImportDialog environment={environment} revert={actions.revertAssets} onDone={desk.done} onUndone={desk.refresh} onClose={close} />;
  if (open?.dialog !== "edit") return null;
  const name = open.items.length === 1 ? (open.rows[0]?.name ?? null) : null;
  return <EditDialog environment={environment} items={open.items} name={name} shared={sharedBy(open.items, open.rows)} known={known} doors={actions} onDone={desk.done} onUndone={desk.refresh} onClose={close} />;
}

function Screen({ page, actions }: { page: AssetsPage; actions: AssetActions }) {
  const desk = useAssetDesk(page, actions);
  useCommandKeys(keysOf(desk));
  const hint = useKeyHints()("asset.add");
  const { environment, mayEdit, list, filter, selection, ticked, whole } = desk;
  const selected = whole?.length ?? ticked.length;
  return (
    <Page>
      <PageHead title="Assets" middle={<AssetSearch text={filter.filter.q} onSearch={(q) => filter.go({ ...filter.filter, q })} />}>
        {mayEdit ? (
          <>
            <Button onClick={() => desk.setOpen({ dialog: "import" })} icon={<FileUp size={13} aria-hidden />}><span className="max-md:sr-only">Import CSV</span></Button>
            <Button look="primary" aria-keyshortcuts={hint?.aria} onClick={() => desk.setOpen({ dialog: "create" })} icon={<Plus size={13} aria-hidden />}><span className="max-md:sr-only">Add asset</span> <KeyCaps of="asset.add" inverse /></Button>
          </>
        ) : null}
      </PageHead>
      <CoverageLine page={page} onGo={filter.go} />
      <AssetFilters page={page} filter={filter.filter} onGo={filter.go} />
      <div className="@container relative flex min-h-0 flex-1 flex-col">
        <AssetList environment={environment} rows={list.rows} total={page.total} selection={selection} mayEdit={mayEdit && whole === null} isWaiting={filter.isWaiting} empty={<Empty page={page} desk={desk} />} foot={<RowsFoot state={list.state} hasMore={list.hasMore} loadMore={list.loadMore} />} onOpen={desk.show} />
        {selected > 0 ? <AssetsBar count={selected} total={page.total} isWhole={whole !== null} onAll={desk.takeAll} onEdit={desk.edit} onClear={desk.clear} /> : null}
      </div>
      <Dialogs page={page} desk={desk} actions={actions} />
    </Page>
  );
}

/** The inventory. Data in, deeds out: `page` is what was read, `actions` are the doors for what people do. */
export function AssetsScreen({ page, actions }: { page: AssetsPage; actions: AssetActions }) {
  return <ClockProvider now={page.now}><Screen page={page} actions={actions} /></ClockProvider>;
}
