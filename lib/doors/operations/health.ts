import { z } from "zod";
import { healthRecord } from "@/lib/domain/records/health";
import { environmentPath, nothing, operation } from "../operation";

export const health = {
  getHealth: operation({
    method: "get", path: "/environments/{env}/health", tag: "environments", act: "worker.read", status: 200, params: environmentPath, body: nothing, answer: healthRecord,
    summary: "How the work in the background is: workers, jobs, what waits, what failed, trackers",
    query: z.strictObject({ laws: z.enum(["true", "false"]).default("false").describe("true: also looks whether the records contradict each other, which takes seconds.") }),
  }),
};
