import { onTestFinished } from "vitest";
import { StubTracker, type TrackerWish, type Vendor } from "./tracker";

/** A tracker that is closed when the test is. */
export async function startTracker(wish: TrackerWish): Promise<StubTracker> {
  const tracker = await StubTracker.start(wish);
  onTestFinished(() => tracker.close());
  return tracker;
}

/** What a connector of each kind says of the tracker at an address. */
export const settingsAt = (address: string) => ({
  jira_cloud: { address, user: "docket@example.test", project: "SEC", issueType: "Task" }, github: { address, repository: "acme/app" }, servicenow: { address, user: "docket", table: "incident" },
}) as const satisfies Record<Vendor, Record<string, unknown>>;
