import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { pool } from "@/lib/db/client";
import { env } from "@/lib/env";

type Rule = { points: number; seconds: number };

const QUARTER = 15 * 60;

/** How often: `points` in so many seconds. Counted in the database, so that every process counts together. */
export const LIMITS = {
  /** Failed sign-ins on one account from one address, on one account from anywhere, and from one address on any account. */
  "sign-in-pair": { points: 8, seconds: QUARTER },
  "sign-in-account": { points: 40, seconds: QUARTER },
  "sign-in-address": { points: 60, seconds: QUARTER },
  /** Entries of the log on one token that is called with from where it is not taken. */
  "token-elsewhere": { points: 10, seconds: 3600 },
  /** Calls and imports of one token. */
  calls: { points: env.DOCKET_CALLS_A_MINUTE, seconds: 60 },
  imports: { points: env.DOCKET_IMPORTS_A_MINUTE, seconds: 60 },
  /** Signed webhooks of one connector: a tracker in which thousands of issues are changed at once is heard. */
  hooks: { points: env.DOCKET_HOOKS_A_MINUTE, seconds: 60 },
} as const satisfies Record<string, Rule>;

export type LimitName = keyof typeof LIMITS;

/** What is left of a limit; `ok: false` once it is used up. `seconds` until it starts anew. */
export type Allowance = { ok: boolean; limit: number; remaining: number; seconds: number };

/** Statements without a name: a pooler in front of the server may know none, and one that is kept would outlive a change of the table. */
const storeClient = { query: ({ text, values }: { text: string; values: unknown[] }) => pool.query({ text, values }) };

const limiters = new Map<LimitName, RateLimiterPostgres>();

function limiter(name: LimitName): RateLimiterPostgres {
  const known = limiters.get(name);
  if (known) return known;
  const { points, seconds } = LIMITS[name];
  const made = new RateLimiterPostgres({ storeClient, storeType: "pool", tableName: "rate_limit", tableCreated: true, clearExpiredByTimeout: false, keyPrefix: name, points, duration: seconds });
  limiters.set(name, made);
  return made;
}

function allowance(name: LimitName, ok: boolean, counted: RateLimiterRes): Allowance {
  return { ok, limit: LIMITS[name].points, remaining: counted.remainingPoints, seconds: Math.max(1, Math.ceil(counted.msBeforeNext / 1000)) };
}

/** Takes one point, or so many. A refusal of the limiter is an answer; a broken database is an exception. */
export async function consume(name: LimitName, key: string, points = 1): Promise<Allowance> {
  try {
    return allowance(name, true, await limiter(name).consume(key, points));
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return allowance(name, false, refused);
    throw refused;
  }
}

/** Gives the point back: what was counted turned out to be in order. */
export async function giveBack(name: LimitName, key: string): Promise<void> {
  await limiter(name).reward(key);
}

/** The limit as headers of the answer (IETF draft "RateLimit header fields for HTTP"). */
export function limitHeaders({ limit, remaining, seconds }: Allowance): Record<string, string> {
  return { "RateLimit-Limit": String(limit), "RateLimit-Remaining": String(remaining), "RateLimit-Reset": String(seconds) };
}
