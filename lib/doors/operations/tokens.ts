import { z } from "zod";
import { createTokenInput, revokeReason } from "@/lib/domain/access/input";
import { tokenListRecord, tokenMadeRecord, tokenRecord } from "@/lib/domain/records/token";
import { environmentPath, nothing, operation, recordPath } from "../operation";

const path = "/environments/{env}/tokens";
const manage = { tag: "environments", act: "token.manage", query: nothing } as const;

export const tokens = {
  listTokens: operation({ ...manage, method: "get", path, summary: "The tokens of an environment, those that hold first, then those that ended, each newest first; never themselves", params: environmentPath, body: nothing, status: 200, answer: tokenListRecord }),
  createToken: operation({
    ...manage, act: "token.make", method: "post", path, summary: "Refused to every token: a token makes none; an admin does in the settings, the operator at the command line", params: environmentPath, status: 201, answer: tokenMadeRecord,
    body: createTokenInput.omit({ environment: true }).strict(),
    secret: "End the one that was made (GET the tokens, POST …/{id}/revoke) and make another under a new Idempotency-Key.",
  }),
  revokeToken: operation({
    ...manage, method: "post", path: `${path}/{id}/revoke`, summary: "Ends a token at once", params: recordPath, status: 200, answer: tokenRecord, body: z.strictObject({ reason: revokeReason }),
  }),
};
