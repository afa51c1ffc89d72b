import { afterEach, expect, it } from "vitest";
import { instant } from "./fields";

const home = process.env.TZ;

afterEach(() => {
  if (home === undefined) delete process.env.TZ;
  else process.env.TZ = home;
});

it("reads a time without a zone as UTC, wherever the machine stands", () => {
  for (const zone of ["UTC", "America/New_York", "Asia/Tokyo"]) {
    process.env.TZ = zone;
    for (const text of ["2026-03-02T12:00:00", "2026-03-02 12:00:00.000000", "2026-03-02T12:00", "2026-03-02T12:00:00Z", "2026-03-02T14:00:00+02:00"])
      expect(instant(text)?.toISOString(), `${text} in ${zone}`).toBe("2026-03-02T12:00:00.000Z");
  }
  for (const text of ["-100000-01-01T00:00:00Z", "1970-01-01T00:00:00", "soon", "2026-03-02T99:00:00"]) expect(instant(text)).toBeNull();
});
