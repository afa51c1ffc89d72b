/** The environment of the last visit; a convenience, never a permission. */
export const LAST_ENVIRONMENT_COOKIE = "docket_environment";
/** The address that a page was asked for, as the proxy saw it. */
export const PATH_HEADER = "x-docket-path";
