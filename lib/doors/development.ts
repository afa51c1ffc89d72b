import { env } from "@/lib/env";

/** Is this a copy that somebody works on? Pages for builders alone are there only then. */
export const isDevelopment = env.NODE_ENV === "development";
