import { needed } from "@/lib/env";

/** A record whose `url` is a path, with the whole address that people open. */
export function withSite<R extends { url: string }>(record: R): R {
  return { ...record, url: new URL(record.url, needed("AUTH_URL")).href };
}
