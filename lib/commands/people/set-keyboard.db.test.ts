import { expect, test } from "vitest";
import { setKeyboard } from "@/lib/commands/people/set-keyboard";
import { prisma } from "@/lib/db/client";
import { DEFAULT_KEYBOARD } from "@/lib/domain/person/keyboard";
import { shell } from "@/lib/queries/shell";
import { makeEnvironment, makeMember } from "@/lib/testing/make";

test("a person's keys are their own, hold in every environment, and are bounded", async () => {
  const environment = await makeEnvironment();
  const [ann, max] = [await makeMember(environment, "auditor", "Ann"), await makeMember(environment, "analyst", "Max")];
  const keyboard = { letters: false, advance: false, keys: { "finding.close": ["d"], "finding.tag": [] } };
  expect(await setKeyboard(ann, { environment, keyboard })).toMatchObject({ ok: true, value: keyboard });
  expect(await setKeyboard(ann, { environment, keyboard })).toMatchObject({ ok: true }); // again: no second entry
  expect(await shell(ann, { environment })).toMatchObject({ ok: true, value: { keyboard } });
  expect(await shell(max, { environment })).toMatchObject({ ok: true, value: { keyboard: DEFAULT_KEYBOARD } });
  expect(await prisma.auditEvent.count({ where: { environmentId: environment, action: "person.keyboard_changed" } })).toBe(1);

  for (const keys of [
    { "finding.close": ["a", "b", "c", "d"] },
    { "finding.close": ["two words too many"] },
    { "__proto__": ["a"], "not a command": ["a"] },
    Object.fromEntries(Array.from({ length: 121 }, (_, index) => [`finding.c${index}`, ["a"]])),
  ]) expect(await setKeyboard(ann, { environment, keyboard: { ...keyboard, keys } }), JSON.stringify(keys).slice(0, 60)).toMatchObject({ ok: false, refusal: { code: "invalid" } });
});

test("what an older or a broken version stored counts as the defaults", async () => {
  const environment = await makeEnvironment();
  const ann = await makeMember(environment, "viewer", "Ann");
  await prisma.person.update({ where: { id: ann.personId }, data: { keyboard: { letters: "perhaps" } } });
  expect(await shell(ann, { environment })).toMatchObject({ ok: true, value: { keyboard: DEFAULT_KEYBOARD } });
});
