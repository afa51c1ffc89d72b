import { describe, expect, it } from "vitest";
import { categoryOf } from "./category";

const guid = "0b5d1b0e-6c5a-4d57-9d3e-3a2f6a3f0a11";

describe("which of several analyses of one tool it is", () => {
  it.each([
    ["/language:java/", "language:java"],
    [`/language:go/${guid}`, "language:go"],
    ["a run", null],
    ["/2024-05-01", null],
    ["Nightly run for main/x86/debug/2018-10-05", "Nightly run for main/x86/debug"],
    ["project/12345/sast/7", "project/12345/sast"],
    ["tools/face/deface/x", "tools/face/deface"],
    ["v2024.05/java/x", "v2024.05/java"],
  ])("is named as before by what lasts: %s", (id, category) => {
    expect(categoryOf(id)).toBe(category);
  });

  it.each([
    ["2024-05-01/language:java/run", "2024-05-02/language:java/run", "language:java"],
    [`${guid}/language:java/1`, `${guid.replace("0b5d", "ffff").toUpperCase()}/language:java/1`, "language:java"],
    ["language:java/20240501T020000Z/1", "language:java/20240502T020001Z/1", "language:java"],
    ["nightly-2024-05-01/java/1", "nightly-2024-05-02/java/1", "nightly/java"],
    ["java/2024-05-01 02:00:00+01:00/1", "java/2024-05-02 02:00:07+01:00/1", "java"],
    ["build 2024_05_01 of java/1", "build 2024_05_02 of java/1", "build of java"],
    ["java/1f8e3c9/1", "java/77aa0b1/1", "java"],
    ["java/356a192b7913b04c54574d18c28d46e6395428ab/1", "java/da4b9237bacccdf19c0760cab7aec4a8359010b0/1", "java"],
    ["java/1714528800/1", "java/1714615200123/1", "java"],
    [`run {${guid}}/`, `run {${guid.replaceAll("6", "7")}}/`, "run"],
  ])("is the same in each run, wherever the run stands in it: %s", (one, next, category) => {
    expect([categoryOf(one), categoryOf(next)]).toEqual([category, category]);
  });

  it("is nothing where nothing lasts, and bounded where an id is hostile", () => {
    expect(categoryOf(`2024-05-01/${guid}/1f8e3c9/x`)).toBeNull();
    expect(categoryOf("/".repeat(100_000))).toBeNull();
    expect(categoryOf(`${"- 2024-05-01 -".repeat(10_000)}/x`)).toBeNull();
    expect(categoryOf(`${"a-".repeat(200)}/x`)).toHaveLength(120);
  });
});
