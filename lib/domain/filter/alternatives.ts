import type { FieldName } from "./fields";

/** Numbers, spans, properties and texts: named twice they add up. Beside the table of fields, so that whoever only prints a filter need not carry it. */
const ADD_UP: readonly FieldName[] = ["is", "cwe", "cvss", "epss", "port", "added", "seen", "due", "decided", "expires", "follow_up", "scan", "ticket", "number", "text"];

/** Do the values of a field that is named twice become alternatives? */
export function areAlternatives(name: FieldName): boolean {
  return !ADD_UP.includes(name);
}
