import { z } from "zod";
import { isNetwork } from "@/lib/domain/access/addresses";
import { ROLES } from "@/lib/domain/access/can";
import { SCOPES } from "@/lib/domain/access/scopes";

/** Input of what admins do with people, roles, environments and tokens; forms and commands ask the same schemas. */

export const environmentNumber = z.number().int().positive().max(2_147_483_647);
const recordNumber = environmentNumber;

const control = /[\u0000-\u001f\u007f]/;
export const plainName = z.string().trim().min(1, "must not be empty").max(100, "must have at most 100 characters")
  .refine((text) => !control.test(text), "must not hold control characters");

export const emailAddress = z.string().trim().toLowerCase().pipe(z.email("must be an e-mail address").max(320));
/** Length is what makes a password hold; anything may stand in it. */
export const newPassword = z.string().min(10, "must have at least 10 characters").max(1000, "must have at most 1000 characters");

export const createPersonInput = z.strictObject({ environment: environmentNumber, email: emailAddress, name: plainName, role: z.enum(ROLES), password: newPassword });
export const setPasswordInput = z.strictObject({ environment: environmentNumber, person: recordNumber, password: newPassword });
export const disablePersonInput = z.strictObject({ environment: environmentNumber, person: recordNumber, disabled: z.boolean() });
/** `role: null` takes the membership away. */
export const setMembershipInput = z.strictObject({ environment: environmentNumber, email: emailAddress, role: z.enum(ROLES).nullable() });
export const createEnvironmentInput = z.strictObject({ environment: z.null(), name: plainName });
const network = z.string().trim().toLowerCase().max(50)
  .refine(isNetwork, { error: ({ input }) => `“${String(input).slice(0, 50)}” is no address and no network such as 203.0.113.0/24 or 2001:db8::/32` });
export const MAX_ADDRESSES = 20;

/**
 * `person` is the e-mail of whoever stands behind it: without, it may not answer what asks for a person. `scopes`: without, all of them.
 * `addresses`: where it is taken from; none named is anywhere.
 */
export const createTokenInput = z.strictObject({
  environment: environmentNumber, name: plainName, role: z.enum(ROLES), days: z.number().int().min(1).max(366), person: emailAddress.nullish(),
  scopes: z.array(z.enum(SCOPES)).min(1, "choose one at least").max(SCOPES.length).default([...SCOPES]).transform((chosen) => SCOPES.filter((scope) => chosen.includes(scope))),
  addresses: z.array(network).max(MAX_ADDRESSES, `must name at most ${MAX_ADDRESSES}`).default([]),
});
/** Why a token ends; the log keeps it. The command line of the operator may leave it out. */
export const revokeReason = z.string().trim().min(1, "Say why.").max(500);
export const revokeTokenInput = z.strictObject({ environment: environmentNumber, token: recordNumber, reason: revokeReason.nullish() });
