import type { TokenRecord } from "@/lib/domain/records/token";
import type { EnvironmentView, Instant, Me } from "./shell";

/** The tokens of an environment as its settings show them. */
export type TokensPage = { environment: EnvironmentView; me: Me; now: Instant; tokens: readonly TokenRecord[] };
