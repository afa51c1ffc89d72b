import { randomUUID } from "node:crypto";
import { CONNECTOR, type Ground } from "./ground";

/** A sound body for each call that takes one; what it does to the finding does not matter here. */
export const BODIES: Record<string, (at: Ground) => unknown> = {
  createConnector: () => ({ ...CONNECTOR, name: randomUUID() }),
  changeConnector: () => ({ ...CONNECTOR, name: "Tracker" }),
  retryDelivery: () => ({}),
  linkDelivery: () => ({ key: "7" }),
  ...Object.fromEntries(["removeConnector", "testConnector", "rotateHookSecret", "cancelDelivery"].map((name) => [name, () => undefined])),
  transitionFinding: () => ({ to: "open" }),
  respondToFinding: () => ({ response: "investigating" }),
  keepDecision: () => ({ note: "Still right." }),
  amendDecision: () => ({ note: "As agreed on Monday." }),
  routeFinding: () => ({ decision: "record_only", reason: "Behind the gateway." }),
  assignFinding: () => ({ assignee: null }),
  calibrateFinding: () => ({ calibrated: "low", reason: "Behind the gateway." }),
  addEvidence: () => ({ kind: "retest", note: "Looked again." }),
  tagFinding: () => ({ add: ["seen"] }),
  setFindingState: () => ({ state: null }),
  revertFinding: ({ event }) => ({ event }),
  approveAcceptance: () => ({}),
  refuseAcceptance: () => ({ note: "Not there." }),
  startBulk: ({ finding }) => ({ selection: { numbers: [finding] }, action: { tags: { add: ["bulk"] } } }),
  importScan: () => ({ version: "2.1.0", runs: [] }),
  changePolicy: () => ({ import: { brake_least: 30 } }),
  saveMapping: () => ({ name: "Our sheet", format: "generic-csv", mapping: { title: "Finding" } }),
  createView: () => ({ name: randomUUID(), filter: "?tab=all&q=is:kev" }),
  changeView: () => ({ description: "What burns." }),
  deleteView: () => undefined,
  createTicket: ({ heir }) => ({ findings: [heir], insist: true }),
  editTicket: () => ({ priority: "low" }),
  closeTicket: () => ({ reason: "patched", notes: "Shipped." }),
  reopenTicket: () => ({ reason: "Rolled back." }),
  linkToTicket: ({ heir }) => ({ findings: [heir], insist: true }),
  unlinkFromTicket: ({ heir }) => ({ findings: [heir] }),
  splitTicket: ({ finding }) => ({ findings: [finding] }),
  mergeTickets: ({ ticket }) => ({ from: [ticket] }), // into itself, which is refused
  settleDrift: () => ({ field: "title", do: "record", note: "Stays." }), // there is none, which is refused
  sendTicketAnew: () => ({}), // it stands there, which is refused
  checkTicket: () => ({ position: 1, ticked: true }),
  requestRetest: ({ heir }) => ({ finding: heir }),
  settleRetest: () => ({ passed: true, note: "Refused now." }),
  cancelRetest: () => ({ note: "Not needed." }),
  moveRemediation: () => ({ to: "in_progress" }),
  addEvidenceFile: () => "what was seen",
  shareFinding: ({ member }) => ({ people: [member.email] }),
  revokeToken: () => ({ reason: "Not needed." }),
  createAsset: () => ({ name: "gateway.example.test" }),
  changeAsset: () => ({ exposure: "internal" }),
  changeAssets: ({ asset }) => ({ items: [{ id: asset }], change: { team: "Network" } }),
  revertAssets: ({ assetAction }) => ({ action: assetAction }),
  importAssets: () => "name,team\nsheet.example.test,Network\n",
  ...Object.fromEntries(["applySuggestions", "ignoreSuggestions"].map((name) => [name, ({ suggestion }: Ground) => ({ ids: [suggestion] })])),
  ...Object.fromEntries(["applySuggestion", "ignoreSuggestion", "applyScan", "releaseScan", "cancelScan", "undoBulk", "undoBulkOfFindings", "startPreviewedBulk", "pauseBulk", "resumeBulk", "cancelBulk", "carryDecision", "dismissCarry", "carryAllOfScan"].map((name) => [name, () => ({})])),
};

/** No record has this number. */
export const NOWHERE = 999_999;

export type Aim = "own" | "other" | "missing";

/** The address of a call on the records of a ground; "missing" names a record that is not there. */
export function addressOf(template: string, at: Ground, aim: Aim): string {
  const { environment } = at;
  const finding = template.includes("/tickets/") ? at.ticket : at.finding;
  const record = aim === "missing" ? NOWHERE : template.includes("/tokens/") ? at.token : template.includes("/connectors/") ? at.connector : template.includes("/deliveries/") ? at.delivery : template.includes("/bulk/") ? at.bulk : template.includes("/assets/") ? at.asset : template.includes("/views/") ? at.view : template.includes("/carries/") ? at.carry : template.includes("/suggestions/") ? at.suggestion : template.includes("/retests/") ? at.retest : template.includes("/evidence/") ? at.file : at.scan;
  return `/api/v1${template}`.replace("{env}", String(environment)).replace("{number}", String(aim === "missing" ? NOWHERE : finding)).replace("{id}", String(record));
}
