import { CONNECTOR_SETTINGS, type ConnectorSettings } from "@/lib/domain/connector/kinds";
import { renderWithin } from "@/lib/domain/ticket/template";
import { asDocument } from "@/lib/domain/ticket/writers/document";
import { basic } from "./answers";
import type { Connector } from "./contract";
import { own } from "./jira-issue";
import { jiraOf, MOST_TEXT } from "./jira";

type Settings = ConnectorSettings["jira_cloud"];

/** Jira Cloud, REST interface version 3: an e-mail address with its API token, and texts in Atlassian's document format. */
export const jiraCloud: Connector<Settings> = {
  kind: "jira_cloud",
  settings: CONNECTOR_SETTINGS.jira_cloud,
  ...jiraOf<Settings>({
    version: "3",
    authorization: ({ settings, secret }) => basic(settings.user, secret),
    describe: ({ payload }) => renderWithin(payload, "document", MOST_TEXT),
    remark: (text) => asDocument([{ kind: "text", text }]),
    naming: { asked: "query", key: "accountId" },
    several: (all) => ({ path: "issue/bulkfetch", body: { issueIdsOrKeys: all.map(own) } }),
    search: (jql, next) => ({ path: "search/jql", body: { jql, maxResults: 100, ...(next === null ? {} : { nextPageToken: next }) } }),
  }),
};
