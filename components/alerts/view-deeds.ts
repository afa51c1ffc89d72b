import { ask } from "@/components/shell/ask";
import { toast } from "@/components/ui/toast";
import type { Layout } from "@/lib/domain/desk/layout";
import type { Refusal } from "@/lib/domain/refusal";
import type { QueueFilter } from "@/lib/domain/views/alerts";
import type { ViewActions, ViewRow } from "@/lib/domain/views/desk";
import { queueAddress } from "@/lib/domain/views/queue-address";

// What is done to a view when somebody asks for it: fetched then, as few do and the page is quicker without.

const refused = (refusal: Refusal | undefined) => toast({ tone: "error", title: refusal?.message ?? "Docket did not answer", description: refusal?.next ?? "Try again.", stays: 10_000 });

function isView(value: unknown): value is ViewRow {
  return typeof value === "object" && value !== null && "id" in value && "address" in value && "layout" in value && "version" in value;
}

/** The views as they are now; null where there was no answer. */
export async function viewsNow(environment: number): Promise<readonly ViewRow[] | null> {
  const found = await ask(environment, "views");
  return Array.isArray(found) ? found.filter(isView) : null;
}

/** Overwrites a view with what is shown; true when it is done. */
export async function saveView(environment: number, doors: ViewActions, view: ViewRow, filter: QueueFilter, { columns, density }: Layout): Promise<boolean> {
  const done = await doors.changeView({ environment, view: view.id, version: view.version, filter: queueAddress(filter), columns, density }).catch(() => null);
  if (done?.ok) toast({ tone: "plain", title: `Saved ${view.name}`, stays: 4_000 });
  else refused(done?.refusal);
  return done?.ok === true;
}

/** Lets somebody, or everybody here, begin with a view; null: with the queue as it is. True when it is done. */
export async function setDefault(environment: number, doors: ViewActions, view: ViewRow | null, everybody: boolean): Promise<boolean> {
  const done = await doors.setDefaultView({ environment, view: view?.id ?? null, everybody }).catch(() => null);
  const whose = everybody ? "Everybody here begins" : "You begin";
  if (done?.ok) toast({ tone: "plain", title: view ? `${whose} with ${view.name}` : `${whose} with the queue as it is`, description: everybody ? "Whoever chose a default of their own keeps it." : "At the start of each visit; within one, where you were last.", stays: 6_000 });
  else refused(done?.refusal);
  return done?.ok === true;
}
