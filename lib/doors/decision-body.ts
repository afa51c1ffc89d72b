import type { EvidenceItem } from "@/lib/domain/finding/input";

type OnFinding = { params: { env: number; number: number }; version: number | null; body: { version?: number | null | undefined } };

/** Where a call on one finding acts, in the words of the commands. The version stands in the body or in `If-Match`; strict: one is never skipped. */
export function onFinding({ params, version, body }: OnFinding) {
  return { environment: params.env, items: [{ number: params.number, version: body.version ?? version }], strict: true };
}

type Written = {
  expires_at?: Date | null | undefined;
  duplicate_of?: number | null | undefined;
  follow_up_on?: Date | null | undefined;
  evidence?: readonly EvidenceItem[] | null | undefined;
};

/** The fields of a decision in the words of the commands, which read dates as text. */
export function inOwnWords<B extends Written>({ expires_at, duplicate_of, follow_up_on, ...rest }: B) {
  return { ...rest, expiresAt: expires_at?.toISOString(), duplicateOf: duplicate_of, followUpOn: follow_up_on?.toISOString() };
}
