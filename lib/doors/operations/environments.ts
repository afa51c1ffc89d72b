import { z } from "zod";
import { nothing, operation } from "../operation";

const environmentRecord = z.object({ number: z.number().int(), name: z.string() }).meta({ id: "Environment" });

export const environments = {
  listEnvironments: operation({
    method: "get", path: "/environments", tag: "environments", act: null, summary: "The environments that the token may see",
    params: nothing, query: nothing, body: nothing, status: 200,
    answer: z.object({ items: z.array(environmentRecord).max(1_000) }).meta({ id: "EnvironmentList" }),
  }),
};
