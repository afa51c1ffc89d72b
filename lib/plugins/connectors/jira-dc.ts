import { CONNECTOR_SETTINGS, type ConnectorSettings } from "@/lib/domain/connector/kinds";
import { renderWithin } from "@/lib/domain/ticket/template";
import { asWiki } from "@/lib/domain/ticket/writers/wiki";
import type { Connector } from "./contract";
import { own } from "./jira-issue";
import { jiraOf, MOST_TEXT } from "./jira";

type Settings = ConnectorSettings["jira_dc"];

/** Jira Data Center, REST interface version 2: a personal access token, and texts in wiki markup. */
export const jiraDc: Connector<Settings> = {
  kind: "jira_dc",
  settings: CONNECTOR_SETTINGS.jira_dc,
  ...jiraOf<Settings>({
    version: "2",
    authorization: ({ secret }) => `Bearer ${secret}`,
    describe: ({ payload }) => renderWithin(payload, "wiki", MOST_TEXT),
    remark: (text) => asWiki([{ kind: "text", text }]),
    naming: { asked: "username", key: "name" },
    // an id or a key that is none does not spoil the question for the others
    several: (all) => ({ path: "search", body: { jql: `id in (${all.map(own).filter((one) => /^[\w-]+$/.test(one)).map((one) => (/^\d+$/.test(one) ? one : `"${one}"`)).join(", ")})`, maxResults: all.length, startAt: 0, validateQuery: false } }),
    search: (jql, next) => ({ path: "search", body: { jql, maxResults: 100, startAt: Number(next ?? 0) } }),
  }),
};
