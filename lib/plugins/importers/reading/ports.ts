/** Why a row whose port can be none is not used: read without it, it would be about another place. */
export const NO_PORT = "its port is none of 1 to 65535";

/** A port as reports write it, `443` or `"443"`. Null where none is named (also by 0), false where what is named can be none. */
export function portIn(given: unknown): number | null | false {
  if (given === null || given === undefined) return null;
  const text = typeof given === "number" || typeof given === "string" ? String(given).trim() : "no port";
  if (text === "" || text === "0") return null;
  return /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65_535 ? Number(text) : false;
}
