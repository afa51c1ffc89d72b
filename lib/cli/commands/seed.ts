import { Fault, type Verbs } from "@/lib/cli/command";
import { prisma } from "@/lib/db/client";
import { loadDemo } from "@/prisma/seed";

export const verbs: Verbs = {
  "": {
    summary: "load the demo: two environments with six weeks of scans and decisions, into a database that holds nothing",
    usage: "--demo [--json]",
    options: { demo: { type: "boolean" } },
    run: async ({ values, json, print, note }) => {
      if (values.demo !== true) throw new Fault("say --demo: there is nothing else to load");
      if ((await prisma.environment.count()) + (await prisma.person.count()) > 0) throw new Fault("this database holds something already: the demo is loaded into an empty one only");
      const loaded = await loadDemo(note);
      if (json) print(JSON.stringify(loaded));
      return 0;
    },
  },
};
