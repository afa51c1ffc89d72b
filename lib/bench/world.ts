import { ageWorld } from "@/lib/bench/age";
import { startChild } from "@/lib/bench/child.mjs";
import { on, value, type Databases } from "@/lib/bench/databases";
import { hostsFor } from "@/lib/bench/grow";
import { answer, type Answer, type Spec } from "@/lib/bench/spec";

const DAY = 86_400_000;
/** What of a used queue a new look still shows, with what is new: see hostItems. */
const STILL_THERE = 0.69;
const FIRST_LOOK = Date.parse("2026-01-05T00:00:00Z");

/** The databases that the benches share, by name. */
export const EMPTY = "bench_empty";
export const LOADED = "bench_loaded";
export const WORLD = "bench_world";

export type Setting = { databases: Databases; base: number; sample: string | null; folder: string };

/** The report of a day: round 0 shows the whole base, later ones `results` of it, spread over all machines. */
export function reportOf({ base, sample }: Setting, results: number, round: number, day: number): Omit<Spec, "mode"> {
  const known = hostsFor(base).hosts.length;
  const every = Math.max(1, known / hostsFor(results / STILL_THERE).hosts.length);
  const { hosts } = round === 0 ? hostsFor(base) : hostsFor(results / STILL_THERE, every, known);
  return { environment: 1, sample, hosts, takenAt: new Date(FIRST_LOOK + day * DAY), round, change: 0.04 };
}

/** Runs one report in a process of its own on that database. Throws when it failed. */
export async function runOn(url: string, asked: Spec): Promise<Answer> {
  const { code, last } = await startChild(url, asked).done;
  if (code !== 0) throw new Error(`The import ended with code ${code}.`);
  const given = answer.parse(JSON.parse(last));
  if (asked.mode === "import") await on(url, (client) => mustBeCompleted(client, given.scan));
  return given;
}

async function mustBeCompleted(client: Parameters<typeof value>[0], scan: number): Promise<void> {
  const status = await value(client, "SELECT status || coalesce(': ' || error, '') FROM scan WHERE id = $1", [scan]);
  if (status !== "completed") throw new Error(`The scan of the bench is ${status}.`);
}

/** Loads the base through the application: database LOADED, and how it went. */
export async function loadBase(setting: Setting): Promise<Answer> {
  const url = await setting.databases.copy(EMPTY, LOADED);
  await on(url, (client) => client.query("INSERT INTO environment (name) VALUES ('bench')")); // number 1, as reportOf says
  return runOn(url, { ...reportOf(setting, setting.base, 0, 0), mode: "import" });
}

/** The loaded base as a used queue: database WORLD. */
export async function makeWorld({ databases }: Setting): Promise<void> {
  const url = await databases.copy(LOADED, WORLD);
  await on(url, ageWorld);
}
