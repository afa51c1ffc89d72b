import { createHash, randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export async function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

let decoy: Promise<string> | undefined;

/** Does the password fit? Where there is no hash to compare with it takes just as long, and says no. */
export async function fitsPassword(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword(randomBytes(16).toString("hex"));
  const fits = await verify(stored ?? (await decoy), password);
  return stored !== null && fits;
}

/** A bearer token: `dkt_`, eight characters to recognise it by, 256 random bits. Only its hash is ever stored. */
export function newToken(): { token: string; prefix: string; hash: Uint8Array<ArrayBuffer> } {
  const prefix = `dkt_${randomBytes(4).toString("hex")}`;
  const token = `${prefix}_${randomBytes(32).toString("base64url")}`;
  return { token, prefix, hash: hashToken(token) };
}

/** sha256 needs no salt here: what it hashes is random already. */
export function hashToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(token).digest());
}

/** A password to hand over once, where none was given: 96 bits. */
export function newPassword(): string {
  return randomBytes(12).toString("base64url");
}
