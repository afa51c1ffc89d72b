import type { ModuleKey } from "./table";

const REVIEWED = "Accepted Risk is called Reviewed here: somebody looked at it and the team lives with it until a date. It is the same decision, with the same expiry, and filters, exports and the log call it accepted_risk.";
const LIFECYCLE = "The lifecycle reads New, Open, Closed, Reopened: the first three are what the scanner says, Reopened is what was resolved and is seen again.";

/** What differs in a module, in sentences of the help page. */
export const MODULE_HELP: Readonly<Record<ModuleKey, readonly string[]>> = {
  alerts: ["Nothing differs here: the four responses have their own names, and New, Open, Closed mean what they mean everywhere."],
  vulnerabilities: ["Nothing differs here. A finding may name several CVEs; it is in KEV when one of them is."],
  ports: [REVIEWED, LIFECYCLE],
  web: [REVIEWED, LIFECYCLE],
  tls: ["Nothing differs here. One weakness of a server is one finding for each port that shows it."],
  secrets: ["A key that was taken out of the code and is not revoked is still a leak: the scanner says Not detected, the key is Live. Close it when it is Offline."],
  brand: ["Asking for a takedown does not close a finding, and what is taken down is not closed by itself: the response stays what people set."],
  darkweb: ["Relevance and response are two answers: a relevant finding still needs a decision, and one that is not relevant stays in the queue until somebody closes it."],
};
