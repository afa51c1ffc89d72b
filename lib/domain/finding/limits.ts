/** So many findings are decided on at once, while the caller waits. */
export const MAX_SELECTION = 1_000;
/** As many as the list of a bulk action may name; a filter has no such bound. */
export const MAX_LISTED = 10_000;

export const MAX_TAGS = 50;
export const MAX_TAG_LENGTH = 64;
