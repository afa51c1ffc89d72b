import { createHash, randomUUID } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { Fault, type Input, type Verbs } from "@/lib/cli/command";
import { loadFeed } from "@/lib/commands/feeds/load";
import { readEpss } from "@/lib/domain/feeds/epss";
import { readKev } from "@/lib/domain/feeds/kev";
import { FeedFault, FEED_NAMES, FEEDS } from "@/lib/domain/feeds/words";
import { operatorActor } from "@/lib/gate/actor";
import { download, OutboundFault } from "@/lib/outbound";
import { feedEditions } from "@/lib/queries/feeds";
import { runEnrichFindings } from "@/lib/worker/jobs/enrich-findings";

const MOST_BYTES = 256 * 1024 ** 2;
const TIMEOUT = 300_000;
const wanted = z.object({ "allow-inside": z.boolean().default(false) });

/** A file of this machine or an address: nothing is fetched unless it is named here. */
async function bytesOf(source: string, allowInside: boolean): Promise<Buffer> {
  if (/^https?:\/\//i.test(source)) return download(source, { timeout: TIMEOUT, maxBytes: MOST_BYTES, allowInside });
  const found = await stat(source).catch(() => null);
  if (!found?.isFile()) throw new Fault(`there is no file ${source}`);
  if (found.size > MOST_BYTES) throw new Fault(`${source} is larger than ${MOST_BYTES} bytes`);
  return readFile(source);
}

function unpacked(bytes: Buffer): string {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString("utf8");
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES }).toString("utf8");
  } catch {
    throw new FeedFault("The gzip file is damaged, cut short or too large.");
  }
}

async function load({ values, positionals, json, print, note }: Input): Promise<number> {
  const { "allow-inside": allowInside } = wanted.parse(values);
  const name = z.enum(FEED_NAMES).safeParse(positionals[0]);
  if (!name.success || positionals.length > 2) throw new Fault(`name one catalogue, ${FEED_NAMES.join(" or ")}, and a file or an address`);
  const feed = name.data;
  const source = positionals[1] ?? FEEDS[feed].address;
  note(`reading ${source}`);
  try {
    const bytes = await bytesOf(source, allowInside);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const catalogue = feed === "kev" ? readKev(unpacked(bytes)) : readEpss(unpacked(bytes));
    const from = /^https?:/i.test(source) ? source : path.basename(source);
    const loaded = await loadFeed(operatorActor(randomUUID()), { environment: null, feed, source: from, sha256, ...catalogue });
    if (!loaded.ok) throw new Fault(loaded.refusal.message);
    await runEnrichFindings();
    print(json ? JSON.stringify({ feed, entries: loaded.value.entries, released_at: catalogue.releasedAt }) : `${feed}: ${loaded.value.entries} entries, edition of ${catalogue.releasedAt.toISOString().slice(0, 10)}`);
    return 0;
  } catch (error) {
    if (error instanceof FeedFault || error instanceof OutboundFault) throw new Fault(error.message);
    throw error;
  }
}

async function list({ json, print }: Input): Promise<number> {
  const found = await feedEditions();
  if (json) print(JSON.stringify(found));
  else if (found.length === 0) print("no catalogue is loaded: npm run docket -- feeds load kev FILE");
  else for (const one of found) print(`${one.id}\t${one.entries} entries\tedition of ${one.releasedAt.toISOString().slice(0, 10)}\tfrom ${one.source}`);
  return 0;
}

export const verbs: Verbs = {
  load: {
    summary: "put an edition of the KEV catalogue or of the EPSS scores in force, from a file or an address; without either, from its publisher",
    usage: "kev|epss [FILE|ADDRESS] [--allow-inside] [--json]",
    options: { "allow-inside": { type: "boolean" } },
    run: load,
  },
  list: { summary: "print which editions are in force", usage: "[--json]", run: list },
};
