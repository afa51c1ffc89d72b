import { expect, test } from "vitest";
import { troubleOf } from "./trouble";

test.each([
  ["Raw query failed. Code: `53100`. Message: `could not write to file`", "the disk of the database is full"],
  ["ENOSPC: no space left on device, write", "the disk of the database is full"],
  ["Raw query failed. Code: `53200`. Message: `out of shared memory`", "the database is out of memory"],
  ["sorry, too many clients already", "the database has no connection left"],
  ["cannot execute INSERT in a read-only transaction", "the database takes no writes"],
  ["terminating connection due to administrator command", "the database did not answer"],
  ["Raw query failed. Code: `22003`. Message: `row 53100 is out of range`", "the disk of the database is full"], // a number is taken for a code: it waits just the same
  ["Cannot read properties of undefined", "it broke off for a reason of our own"],
])("%s", (said, what) => {
  expect(troubleOf(new Error(said))).toContain(`It waits to be tried again: ${what}. `);
});
