import type { Limits } from "../limits";
import { fieldsAt, fieldsOf, listAt, numberAt, stringAt, valueAt } from "../reading/fields";
import { block } from "../reading/plain-text";
import { covered, placeOf, placeText, type Place, type PlaceTables } from "./places";
import { textOf } from "./rules";

const FLOWS = 3;
const STEPS = 50;

/** What the tool saw, as text: the flagged code, flows step by step, related places, request and response. */
export function observationOf(result: unknown, place: Place | null, tables: PlaceTables, limits: Limits): string | null {
  const code = place?.context ?? place?.text ?? null;
  const parts = [
    code === null || place === null ? null : `${placeText(place)}\n${code}`,
    ...listAt(result, "codeFlows", FLOWS).map((flow) => flowText(flow, tables, limits)),
    relatedText(result, tables, limits),
    covered(exchangeText(result), tables),
  ].filter((part) => part !== null && part !== "");
  return parts.length === 0 ? null : block(parts.join("\n\n"), limits.observationChars);
}

function flowText(flow: unknown, tables: PlaceTables, limits: Limits): string {
  const steps = listAt(flow, "threadFlows", FLOWS).flatMap((thread) => listAt(thread, "locations", STEPS));
  const lines = steps.map((step, at) => `${String(at + 1)}. ${stepText(valueAt(step, "location"), tables, limits)}`);
  return lines.length === 0 ? "" : [covered(textOf(valueAt(flow, "message")), tables) ?? "Flow", ...lines].join("\n");
}

function stepText(location: unknown, tables: PlaceTables, limits: Limits): string {
  const place = placeOf(location, tables, limits);
  return [placeText(place), place.note, place.text?.trim()].filter(Boolean).join("  ");
}

function relatedText(result: unknown, tables: PlaceTables, limits: Limits): string {
  const related = listAt(result, "relatedLocations", STEPS);
  return related.length === 0 ? "" : ["Related", ...related.map((one) => `- ${stepText(one, tables, limits)}`)].join("\n");
}

/** webRequest and webResponse (SARIF 2.1.0, 3.46, 3.47) as they went over the wire. */
function exchangeText(result: unknown): string {
  if (valueAt(result, "webRequest") === undefined && valueAt(result, "webResponse") === undefined) return "";
  const request = fieldsAt(result, "webRequest");
  const response = fieldsAt(result, "webResponse");
  const asked = [stringAt(request, "method"), stringAt(request, "target")].filter(Boolean).join(" ");
  const status = [numberAt(response, "statusCode"), stringAt(response, "reasonPhrase")].filter((one) => one !== null).join(" ");
  return [withBody(asked, request), withBody(status, response)].filter((text) => text !== "").join("\n\n");
}

function withBody(first: string, message: unknown): string {
  const headers = Object.entries(fieldsOf(valueAt(message, "headers"))).slice(0, 100);
  const lines = headers.flatMap(([name, value]) => (typeof value === "string" ? [`${name}: ${value}`] : []));
  const body = textOf(valueAt(message, "body"));
  return [[first, ...lines].filter((text) => text !== "").join("\n"), body].filter(Boolean).join("\n\n");
}
