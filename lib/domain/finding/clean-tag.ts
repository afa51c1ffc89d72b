/** A tag as it is stored and asked for: lower case, single hyphens for spaces, so that two spellings do not part one group. */
export function cleanTag(name: string): string {
  return name.trim().toLowerCase().replace(/\s+/g, "-");
}
