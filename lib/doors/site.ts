import { env, needed } from "@/lib/env";

/** The address that people open. */
export function site(): string {
  return needed("AUTH_URL");
}

/** A record whose `url` is a path, with the whole address that people open. */
export function withSite<R extends { url: string }>(record: R): R {
  return { ...record, url: new URL(record.url, site()).href };
}

/** Does a server for letters stand behind this installation? */
export const sendsMail = env.SMTP_URL !== undefined;
