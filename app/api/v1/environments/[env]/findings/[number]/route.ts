import { findingNow } from "@/app/api/v1/finding-after";
import { endpoint } from "@/lib/doors/endpoint";
import { findings } from "@/lib/doors/operations/findings";

export const GET = endpoint(findings.getFinding, findingNow);
