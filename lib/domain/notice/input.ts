import { z } from "zod";
import { email } from "@/lib/domain/finding/input";
import { NOTICE_EVENT_NAMES } from "./events";

export const MAX_LIST = 50;

/** What a person wants to be told of: an event that is not named stays as it is. */
export const choices = z.array(z.strictObject({ event: z.enum(NOTICE_EVENT_NAMES), inApp: z.boolean(), mail: z.boolean() })).min(1).max(NOTICE_EVENT_NAMES.length);

/** The address lists of an environment: each replaces the one before. */
export const lists = z.array(z.strictObject({ event: z.enum(NOTICE_EVENT_NAMES), addresses: z.array(email).max(MAX_LIST) })).min(1).max(NOTICE_EVENT_NAMES.length);
