import { expect, test } from "vitest";
import { draftOf, guessedDraft, mappingOf, sampleOf, severityWords, withColumn, type Table } from "./mapping-draft";

const TABLE: Table = {
  format: "generic-csv", columns: ["What we saw", "Where", "Prio", "Title"], guess: { title: "Title" },
  rows: [["Open door", "shop.test", "P1", ""], ["Old lock", "blog.test", "p-4", "x"], ["Window", "shop.test", "4", ""], ["Roof", "shop.test", "P1", ""]],
};

test("the words of a severity column are asked for once each; those that rank themselves are guessed, bare numbers are not", () => {
  const draft = withColumn(guessedDraft(TABLE), TABLE, "severity", "Prio");
  expect(severityWords(TABLE, "Prio")).toEqual(["P1", "p-4", "4"]);
  expect(draft.severities).toEqual({ P1: "critical", "p-4": "low" }); // 4 is the worst but one in some tools, and the least but one in others
  expect(withColumn(draft, TABLE, "severity", "").severities).toEqual({});
});

test("a sample is the first cell that says something; a column that is taken away leaves no trace in the mapping", () => {
  expect(sampleOf(TABLE, "Title")).toBe("x");
  const drawn = withColumn(withColumn(guessedDraft(TABLE), TABLE, "title", "What we saw"), TABLE, "asset", "Where");
  expect(mappingOf(withColumn(drawn, TABLE, "asset", ""))).toEqual({ mapping: { title: "What we saw" }, fault: null });
  expect(mappingOf(withColumn(drawn, TABLE, "title", ""))).toEqual({ mapping: null, fault: "Say which column is the title." });
});

test("a saved reading begins with the columns that this table has, and keeps what it says of severities and cells", () => {
  const draft = draftOf({ title: "Headline", asset: "Where", delimiter: ";", severities: { P1: "high" } }, TABLE);
  expect(draft.columns).toEqual({ asset: "Where" });
  expect(mappingOf(withColumn(draft, TABLE, "title", "What we saw")).mapping).toEqual({ title: "What we saw", asset: "Where", delimiter: ";", severities: { P1: "high" } });
});
