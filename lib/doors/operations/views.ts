import { z } from "zod";
import { viewFields } from "@/lib/domain/desk/saved-view";
import { email, note } from "@/lib/domain/finding/input";
import { viewListRecord, viewRecord } from "@/lib/domain/records/view";
import { environmentPath, findingPath, nothing, operation, recordPath } from "../operation";

const path = "/environments/{env}/views";
const one = `${path}/{id}` as const;
const version = z.number().int().positive().optional().describe("As you saw it: another one is refused.");
const fields = z.strictObject(viewFields);

export const views = {
  listViews: operation({
    method: "get", path, tag: "views", act: "finding.read", summary: "The shared views of the queue, by name",
    params: environmentPath, query: nothing, body: nothing, status: 200, answer: viewListRecord,
  }),
  createView: operation({
    method: "post", path, tag: "views", act: "view.share", summary: "Saves a filter with its columns as a shared view",
    params: environmentPath, query: nothing, status: 201, answer: viewRecord,
    body: fields.omit({ shared: true }).partial({ description: true, columns: true, density: true }).strict(),
  }),
  getView: operation({ method: "get", path: one, tag: "views", act: "finding.read", summary: "One shared view", params: recordPath, query: nothing, body: nothing, status: 200, answer: viewRecord }),
  changeView: operation({
    method: "patch", path: one, tag: "views", act: "view.manage", summary: "Changes a shared view; what is not named stays", params: recordPath, query: nothing, status: 200, answer: viewRecord,
    body: fields.omit({ shared: true }).partial().extend({ version }).strict(),
  }),
  deleteView: operation({
    method: "delete", path: one, tag: "views", act: "view.manage", summary: "Deletes a shared view", params: recordPath,
    query: z.strictObject({ anyway: z.stringbool().default(false).describe("Also where it is somebody's default: they are told at their next visit.") }), body: nothing, status: 200,
    answer: z.object({ id: z.number().int(), defaults: z.number().int().describe("How many people had it as their default.") }),
  }),
  shareFinding: operation({
    method: "post", path: "/environments/{env}/findings/{number}/share", tag: "findings", act: "finding.share", summary: "Points people to a finding, with a note; they find it under is:shared",
    params: findingPath, query: nothing, status: 200, answer: z.object({ shared: z.number().int(), people: z.number().int() }),
    body: z.strictObject({ people: z.array(email).min(1).max(20), note: note.nullish() }),
  }),
};
