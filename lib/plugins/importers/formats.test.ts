import { expect, it } from "vitest";
import { REPORT_FORMATS } from "@/lib/domain/scan/formats";
import { IMPORTERS } from "./registry";

it("the screens offer exactly the formats that there are importers for", () => {
  expect(REPORT_FORMATS).toEqual(IMPORTERS.map(({ format, label }) => ({ format, label })));
});
