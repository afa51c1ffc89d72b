import { expect, test } from "vitest";
import { letterOf, type ToldItem } from "./letter";

const ticket = (number: number, deed: string): ToldItem => ({ type: "ticket", number, title: "Old library", deed, to: null, reason: null });
const [PROPOSED, CLOSED] = ["ticket.reopening_proposed", "ticket.closed"];
const whyOf = (count: number, ...items: readonly ToldItem[]) => letterOf({ event: "status_changed", count, items, by: null, scan: null }).why;

test("one ticket of five should be looked at again: why you hear of that one is not said of the other four", () => {
  const four = [1, 2, 4, 5].map((number) => ticket(number, CLOSED));
  expect(whyOf(5, ...four, ticket(3, PROPOSED))).toBe("it is assigned to you; T-3 because it is assigned to you, or you closed it");
  expect(whyOf(4, ...four)).toBe("it is assigned to you");
});

test("all that are told should be looked at again: one reason for all", () => {
  expect(whyOf(1, ticket(3, PROPOSED))).toBe("it is assigned to you, or you closed it");
  expect(whyOf(2, ticket(3, PROPOSED), ticket(4, PROPOSED))).toBe("it is assigned to you, or you closed it");
});

test("which of those not shown you closed yourself is not known: then nothing is said that may be wrong of one of them", () => {
  expect(whyOf(9, ticket(1, CLOSED), ticket(3, PROPOSED))).toBe("it is assigned to you, or you closed it");
});
