import { policyChange, policyRecord } from "@/lib/domain/records/policy";
import { environmentPath, nothing, operation } from "../operation";

const path = "/environments/{env}/policy";

export const policy = {
  getPolicy: operation({
    method: "get", path, tag: "environments", act: "policy.read", summary: "The policy in force: how imports stop, how risks are accepted, how fixes are proved",
    params: environmentPath, query: nothing, body: nothing, status: 200, answer: policyRecord,
  }),
  changePolicy: operation({
    method: "put", path, tag: "environments", act: "policy.manage", summary: "A new version of the policy; what is left out stays as it is",
    params: environmentPath, query: nothing, body: policyChange, status: 200, answer: policyRecord,
  }),
};
