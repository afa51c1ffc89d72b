import { z } from "zod";
import { revokeReason } from "@/lib/domain/access/input";
import { tokenListRecord, tokenRecord } from "@/lib/domain/records/token";
import { environmentPath, nothing, operation, recordPath } from "../operation";

const path = "/environments/{env}/tokens";
const manage = { tag: "environments", act: "token.manage", query: nothing } as const;

/** None makes one: a token makes no tokens, and these calls know nobody else. */
export const tokens = {
  listTokens: operation({ ...manage, method: "get", path, summary: "The tokens of an environment, those that hold first, then those that ended, each newest first; never themselves", params: environmentPath, body: nothing, status: 200, answer: tokenListRecord }),
  revokeToken: operation({
    ...manage, method: "post", path: `${path}/{id}/revoke`, summary: "Ends a token at once", params: recordPath, status: 200, answer: tokenRecord, body: z.strictObject({ reason: revokeReason }),
  }),
};
