import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { needed } from "@/lib/env";

/** What the first byte says: AES-256-GCM, twelve bytes of nonce before the text, sixteen of its tag behind it. */
const FORM = 1;
const NONCE = 12;
const TAG = 16;

/** The record and the purpose that a secret is bound to: sealed for one place it opens in no other. */
export type SealedFor = { record: "connector"; id: number; purpose: "secret" | "hook" };

const bindingOf = ({ record, id, purpose }: SealedFor): Buffer => Buffer.from(`${record}:${id}:${purpose}`);
const keyOf = (): Buffer => Buffer.from(needed("DOCKET_SECRET_KEY"), "hex");

/** A secret as it is stored: encrypted under DOCKET_SECRET_KEY and bound to its record. */
export function seal(secret: string, place: SealedFor): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv("aes-256-gcm", keyOf(), nonce, { authTagLength: TAG }).setAAD(bindingOf(place));
  return new Uint8Array(Buffer.concat([Buffer.of(FORM), nonce, cipher.update(secret, "utf8"), cipher.final(), cipher.getAuthTag()]));
}

/** The secret of a stored envelope; null where it was changed, belongs to another record or purpose, or was sealed under another key. */
export function unseal(sealed: Uint8Array, place: SealedFor): string | null {
  const bytes = Buffer.from(sealed);
  if (bytes.length < 1 + NONCE + TAG || bytes[0] !== FORM) return null;
  try {
    const decipher = createDecipheriv("aes-256-gcm", keyOf(), bytes.subarray(1, 1 + NONCE), { authTagLength: TAG });
    decipher.setAAD(bindingOf(place)).setAuthTag(bytes.subarray(-TAG));
    return Buffer.concat([decipher.update(bytes.subarray(1 + NONCE, -TAG)), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}
