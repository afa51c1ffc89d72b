import { z } from "zod";
import { mappingListRecord } from "@/lib/domain/records/mapping";
import { savedMapping } from "@/lib/domain/scan/mapping-input";
import { environmentPath, nothing, operation } from "../operation";

const path = "/environments/{env}/mappings";

export const mappings = {
  listMappings: operation({
    method: "get", path, tag: "scans", act: "scan.import", summary: "How the columns of generic tables are read: the saved mappings",
    params: environmentPath, query: nothing, body: nothing, status: 200, answer: mappingListRecord,
  }),
  saveMapping: operation({
    method: "put", path, tag: "scans", act: "mapping.manage", summary: "Saves a mapping under its name; reports that were sent keep the one that they came with",
    params: environmentPath, query: nothing, body: savedMapping, status: 200, answer: z.object({ name: z.string(), version: z.number().int() }),
  }),
};
