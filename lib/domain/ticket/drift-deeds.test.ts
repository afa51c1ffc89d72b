import { expect, test } from "vitest";
import { DRIFT_FIELDS, driftDeeds } from "./drift";

test("each difference offers what its commands would do, and to let it be always", () => {
  expect(Object.fromEntries(DRIFT_FIELDS.map((field) => [field, driftDeeds(field, "jira_cloud")]))).toEqual({
    title: ["accept", "push", "record"], severity: ["push", "record"], assignee: ["accept", "push", "record"], priority: ["push", "record"], labels: ["accept", "push", "record"], merged: ["record"],
  });
  expect(driftDeeds("severity", "custom")).toEqual(["record"]); // what was made there is not changed from here
});
