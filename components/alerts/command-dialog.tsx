"use client";
import { CalibrateDialog } from "@/components/finding/calibrate-dialog";
import { EvidenceDialog } from "@/components/finding/evidence-dialog";
import { CreateTicketDialog } from "@/components/tickets/create-dialog";
import { AcceptDialog } from "./accept-dialog";
import { AmendDialog } from "./amend-dialog";
import { AssignDialog } from "./assign-dialog";
import { CloseDialog } from "./close-dialog";
import type { DialogName } from "./commands";
import { KeepDialog } from "./keep-dialog";
import { RefuseDialog } from "./refuse-dialog";
import { ReviewDialog } from "./review-dialog";
import { RouteDialog } from "./route-dialog";
import { StateDialog } from "./state-dialog";
import { TagDialog } from "./tag-dialog";
import type { DialogProps } from "./use-commands";

const DIALOGS = { close: CloseDialog, accept: AcceptDialog, keep: KeepDialog, amend: AmendDialog, assign: AssignDialog, tag: TagDialog, route: RouteDialog, state: StateDialog, review: ReviewDialog, refuse: RefuseDialog, calibrate: CalibrateDialog, evidence: EvidenceDialog, ticket: CreateTicketDialog } as const satisfies Record<DialogName, React.ComponentType<DialogProps>>;

/** The dialog of a command. Loaded with the first one that is opened. */
export function CommandDialog({ name, ...props }: DialogProps & { name: DialogName }) {
  const Named = DIALOGS[name];
  return <Named {...props} />;
}
