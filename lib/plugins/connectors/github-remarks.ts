import { z } from "zod";
import type { ConnectorSettings } from "@/lib/domain/connector/kinds";
import type { Remark } from "@/lib/domain/ticket/remark";
import { escapeMarkdown } from "@/lib/domain/ticket/writers/markdown";
import { readAnswer } from "./answers";
import type { Asking, Sought } from "./contract";
import { issues, present, read, request } from "./github-issue";
import { isSaidAmong } from "./texts";

// The comments of an issue: https://docs.github.com/en/rest/issues/comments

type Settings = ConnectorSettings["github"];

const PAGE = 100;
const MOST_PAGES = 20;
const remarks = z.array(z.object({ body: z.string().nullish() })).max(PAGE);

export async function comment(place: Asking<Settings>, at: Sought, text: string): Promise<void> {
  const { key } = at;
  await read(place, at);
  readAnswer(await present(place, key, request(place, "POST", `${issues(place)}/${encodeURIComponent(key)}/comments`, { body: escapeMarkdown(text) })), z.object({ id: z.number() }), `Commenting on #${key}`, true);
}

/** They are listed as they were written, oldest first, and in no other order. */
export async function said(place: Asking<Settings>, { key }: Sought, remark: Remark): Promise<boolean> {
  const all: unknown[] = [];
  for (let page = 1; page <= MOST_PAGES; page++) {
    const asked = new URLSearchParams({ since: remark.since.toISOString().replace(/\.\d+Z$/, "Z"), per_page: String(PAGE), page: String(page) });
    const some = readAnswer(await present(place, key, request(place, "GET", `${issues(place)}/${encodeURIComponent(key)}/comments?${asked.toString()}`)), remarks, `Reading the comments of #${key}`, false);
    all.push(...some.map(({ body }) => body));
    if (some.length < PAGE) break;
  }
  return isSaidAmong(all, remark, escapeMarkdown);
}
