/** What the message about a deed that came too late is about. */
export const ABOUT = "moved meanwhile";
