import "next-auth";
import "next-auth/jwt";

declare module "next-auth" {
  interface User {
    /** The person's session version when they signed in. */
    version: number;
  }
}

declare module "next-auth/jwt" {
  interface JWT {
    version?: number;
    session?: string;
    /** Seconds since 1970. */
    until?: number;
  }
}
