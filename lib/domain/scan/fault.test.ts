import { expect, test } from "vitest";
import { helpAgainst, SEND_AGAIN } from "./fault";

test.each([
  "The report is larger than 4 GiB when unpacked.", "The report unpacks to more than 200 times its size.", "a.json in the zip file is encrypted: send the report unencrypted.",
  "a.gz in the zip file is packed once more: send the report in it by itself.", "The zip file holds 2 reports: a, b. Send each by itself.", "The report holds more than 5000000 results",
  "A single element of the report is larger than allowed", "This is none of the 43 formats that are read", "The report is empty",
])("to send it again, whole, is not what helps against: %s", (message) => {
  expect(helpAgainst(message)).not.toContain("again, whole");
});

test("a report that was cut short is sent again, whole; so is one of which nothing better is known", () => {
  expect(helpAgainst("The gzip file ends too early: it was cut short.")).toContain("whole");
  expect(helpAgainst("A tag is not closed")).toBe(SEND_AGAIN);
});
