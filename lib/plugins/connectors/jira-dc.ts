import { CONNECTOR_SETTINGS, type ConnectorSettings } from "@/lib/domain/connector/kinds";
import { renderWithin } from "@/lib/domain/ticket/template";
import { asWiki } from "@/lib/domain/ticket/writers/wiki";
import type { Connector } from "./contract";
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
    search: (jql, next) => ({ path: "search", body: { jql, maxResults: 100, startAt: Number(next ?? 0) } }),
  }),
};
