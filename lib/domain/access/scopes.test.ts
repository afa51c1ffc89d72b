import { expect, it } from "vitest";
import { ACTS, type Act } from "./can";
import { isWithin, SCOPES, scopesOf } from "./scopes";

const acts = Object.keys(ACTS).filter((act): act is Act => act in ACTS);
const held = (...scopes: (typeof SCOPES)[number][]) => acts.filter((act) => isWithin(scopes, act));

it("all scopes together hold every act, none holds nothing", () => {
  expect(held(...SCOPES)).toEqual(acts);
  expect(held()).toEqual([]);
});

it("what a pipeline sends reports with reads no finding, decides nothing and changes no setting", () => {
  expect(held("import").sort()).toEqual(["environment.read", "mapping.manage", "scan.import", "scan.read", "scan.release"]);
});

it("reading changes nothing, and each change has one scope alone", () => {
  const isReading = (act: Act) => /\.(read|export|verify)$/.test(act);
  expect(held("read").every(isReading)).toBe(true);
  expect(acts.filter(isReading).filter((act) => !isWithin(["read"], act))).toEqual([]);
  expect(acts.filter((act) => !isReading(act) && scopesOf(act).length !== 1)).toEqual([]);
});
