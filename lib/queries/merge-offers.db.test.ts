import { expect, test } from "vitest";
import { closeTickets } from "@/lib/commands/tickets/close";
import { createTickets } from "@/lib/commands/tickets/create";
import { prisma } from "@/lib/db/client";
import { done } from "@/lib/testing/done";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";
import { linkOffers } from "./link-offers";
import { mergeOffers } from "./merge-offers";

test("an old ticket with the same findings is offered before all that changed since; neither the ticket itself nor a closed one is", async () => {
  const environment = await makeEnvironment();
  const ann = await makeMember(environment, "analyst");
  await makeFindings(await makeScope(environment), 14);
  const make = async (numbers: number[], title: string) => done(await createTickets(ann, { environment, items: numbers.map((number) => ({ number })), grouping: "one", title, insist: true })).tickets[0]?.number ?? 0;
  const old = await make([1, 2], "Old and alike");
  const mine = await make([1, 2, 3], "Mine");
  const one = await make([3], "One alike");
  const closed = await make([1], "Closed and alike");
  done(await closeTickets(ann, { environment, items: [{ number: closed }], reason: "duplicate" }));
  for (let number = 4; number < 14; number++) await make([number], `Stranger ${number}`);
  await prisma.ticket.updateMany({ where: { environmentId: environment, number: old }, data: { updatedAt: new Date("2020-01-01") } });

  const offered = async (search = "") => done(await mergeOffers(ann, { environment, ticket: mine, search }));
  expect((await offered()).map(({ number, shared }) => [number, shared])).toEqual([[old, 2], [one, 1], ...[13, 12, 11, 10, 9, 8].map((each) => [each + 1, 0])]);
  expect((await offered("stranger 4")).map(({ title }) => title)).toEqual(["Stranger 4"]);
  expect((await offered(`T-${old}`)).map(({ number }) => number)).toEqual([old]);
  expect(await offered("nobody wrote that")).toEqual([]);
  expect(await mergeOffers(ann, { environment, ticket: 999, search: "" })).toMatchObject({ ok: false, refusal: { code: "missing" } });
});

test("a number that is typed asks for that number alone, not for all that is alike once more", async () => {
  const environment = await makeEnvironment();
  const ann = await makeMember(environment, "analyst");
  await makeFindings(await makeScope(environment), 4);
  done(await createTickets(ann, { environment, items: [{ number: 1 }] }));
  const numbers = async (alike?: boolean) => done(await linkOffers(ann, { environment, ticket: 1, named: [3], alike })).findings.map(({ number, isNamed }) => [number, isNamed]);
  expect(await numbers(false)).toEqual([[3, true]]);
  expect(await numbers()).toEqual([[3, true], [2, false], [4, false]]);
});
