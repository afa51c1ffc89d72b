import { needed } from "../../env";
import type { Verbs } from "../command";

export const verbs: Verbs = {
  "": {
    summary: "print the address of the database in use, its password included",
    usage: "[--json]",
    run: ({ json, print }) => {
      const url = needed("DATABASE_URL");
      print(json ? JSON.stringify({ url }) : url);
      return Promise.resolve(0);
    },
  },
};
