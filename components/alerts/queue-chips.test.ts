import { expect, test } from "vitest";
import { inModule, moduleOf } from "@/lib/domain/module/view";
import { queueAddress, wholeTab } from "@/lib/domain/views/queue-address";
import { CHIPS, chipOff, chipOn } from "./queue-chips";

const [review, live] = CHIPS;
const web = inModule({ ...wholeTab("investigating"), severity: ["critical"] }, "web");

test("a chip opens all that it counts, in the module that is shown; switched off it gives back the list that it was chosen over", () => {
  const on = chipOn(live, web);
  expect([on.tab, on.is, on.severity, moduleOf(on)]).toEqual(["closed", ["live"], [], "web"]);
  expect(chipOff(live, on, { live: web })).toEqual(web);
});

test("what was narrowed or turned since stays as it is, without the chip; so does a list that came by its address", () => {
  const on = chipOn(review, web);
  for (const [filter, before] of [[{ ...on, tab: "closed" as const }, { re_review: web }], [{ ...on, severity: ["low" as const] }, { re_review: web }], [on, {}], [on, { live: web }]] as const) {
    expect(queueAddress(chipOff(review, filter, before))).toBe(queueAddress({ ...filter, is: [] }));
  }
});
