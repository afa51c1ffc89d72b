import type { Operation } from "../operation";
import { assets } from "./assets";
import { bulk } from "./bulk";
import { carries } from "./carries";
import { connectors } from "./connectors";
import { environments } from "./environments";
import { findings } from "./findings";
import { health } from "./health";
import { mappings } from "./mappings";
import { policy } from "./policy";
import { remediation } from "./remediation";
import { scans } from "./scans";
import { suggestions } from "./suggestions";
import { tickets } from "./tickets";
import { tokens } from "./tokens";
import { views } from "./views";

/** Every call of the REST interface by its name: the API document, its test and the authorisation matrix read this one list. */
export const OPERATIONS: Readonly<Record<string, Operation>> = { ...environments, ...health, ...assets, ...scans, ...mappings, ...policy, ...findings, ...bulk, ...carries, ...suggestions, ...tickets, ...connectors, ...remediation, ...tokens, ...views };
