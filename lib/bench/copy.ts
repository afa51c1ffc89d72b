import fs from "node:fs";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from, to } from "pg-copy-streams";
import { timed } from "@/lib/bench/databases";
import { median } from "@/lib/bench/measured";

const TURNS = 3;

/** Writes the rows of a query to a file, in COPY's own form. */
export async function copyOut(client: pg.Client, query: string, file: string): Promise<void> {
  await pipeline(client.query(to(`COPY (${query}) TO STDOUT`)), fs.createWriteStream(file));
}

/** Copies such a file into a table. */
export async function copyIn(client: pg.Client, table: string, file: string): Promise<void> {
  await pipeline(fs.createReadStream(file, { highWaterMark: 1024 * 1024 }), client.query(from(`COPY ${table} FROM STDIN`)));
}

/**
 * The floor under every import: raw COPY of these findings and their texts into copies of the tables that have no index, no trigger and
 * no generated column. `which` is a condition on `f`. Milliseconds, the median of some turns: a single one has differed by more than half.
 */
export async function copyTime(client: pg.Client, which: string, folder: string): Promise<number> {
  const sets = [
    { table: "bare_finding", query: `SELECT f.* FROM finding f WHERE ${which}`, file: `${folder}/finding.copy` },
    { table: "bare_detail", query: `SELECT d.* FROM finding_detail d JOIN finding f ON f.id = d.finding_id WHERE ${which}`, file: `${folder}/detail.copy` },
  ];
  for (const { table, query, file } of sets) {
    await copyOut(client, query, file);
    await client.query(`DROP TABLE IF EXISTS ${table}`);
    await client.query(`CREATE TABLE ${table} AS ${query} LIMIT 0`);
  }
  const turns: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    for (const { table } of sets) await client.query(`TRUNCATE ${table}`);
    await client.query("CHECKPOINT");
    turns.push(await timed(async () => {
      for (const { table, file } of sets) await copyIn(client, table, file);
    }));
  }
  for (const { table, file } of sets) {
    await client.query(`DROP TABLE ${table}`);
    fs.rmSync(file);
  }
  return median(turns);
}
