"use client";
import { z } from "zod";
import type { ScanCounts } from "@/lib/domain/scan/counts";
import { SCAN_STATUSES, type ScanStatus } from "@/lib/domain/views/scans";

export type UploadTerms = { environment: number; file: File; format: string; asset: string; detector: string; scope: "full" | "partial" };
export type UploadFault = { message: string; where: string | null; next: string | null };
export type UploadProgress =
  | { state: "sending"; share: number | null }
  | { state: "working"; scan: number; status: ScanStatus }
  | { state: "done"; scan: number; counts: ScanCounts }
  | { state: "failed"; scan: number | null; fault: UploadFault };

const count = z.number().int().nonnegative().catch(0);
const scanAnswer = z.object({
  id: z.coerce.number().int().positive(),
  status: z.enum(SCAN_STATUSES),
  observed: count, new: count, persisting: count, refound: count, regressed: count, unseen: count, preserved: count, suppressed: count,
  duplicates_in_report: count, rejected: count, statements: count,
  error: z.union([z.string(), z.object({ message: z.string(), line: z.number().nullish(), path: z.string().nullish() })]).nullish(),
});
const anyScan = z.union([z.object({ scan: scanAnswer }).transform((body) => body.scan), scanAnswer]);
const problem = z.object({
  title: z.string().catch("The report was refused."), detail: z.string().nullish(), next: z.string().nullish(), line: z.number().nullish(), path: z.string().nullish(),
  errors: z.array(z.object({ path: z.string().nullish(), message: z.string() })).max(100).nullish(),
});

const FINAL: readonly ScanStatus[] = ["completed", "failed", "cancelled", "previewed", "held"];
const POLL_MS = 700;

function jsonOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return null;
  }
}

/** Line or path of a fault, in words. */
export function faultPlace(fault: { line?: number | null; path?: string | null }): string | null {
  if (fault.line) return `line ${fault.line}`;
  return fault.path ? `at ${fault.path}` : null;
}

function refused(status: number, text: string): UploadFault {
  const read = problem.safeParse(jsonOf(text));
  if (!read.success) return { message: status === 0 ? "The connection broke before the report had arrived." : `The report was refused (${status}).`, where: null, next: "Nothing was imported. Try again." };
  const { title, detail, next, errors } = read.data;
  const first = errors?.[0];
  return { message: detail ?? first?.message ?? title, where: faultPlace(read.data) ?? (first?.path ? `at ${first.path}` : null), next: next ?? null };
}

/** Sends the bytes as they are, counting what has left; the answer is its status and text. */
function send(terms: UploadTerms, onProgress: (progress: UploadProgress) => void): Promise<{ status: number; text: string }> {
  const query = new URLSearchParams({ format: terms.format, scope: terms.scope, name: terms.file.name });
  if (terms.asset) query.set("asset", terms.asset);
  if (terms.detector) query.set("detector", terms.detector);

  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/e/${terms.environment}/scans?${query.toString()}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (event) => onProgress({ state: "sending", share: event.lengthComputable ? event.loaded / event.total : null });
    request.onload = () => resolve({ status: request.status, text: request.responseText });
    request.onerror = () => resolve({ status: 0, text: "" });
    request.send(terms.file);
  });
}

function outcome(scan: z.output<typeof scanAnswer>): UploadProgress {
  if (scan.status === "completed") return { state: "done", scan: scan.id, counts: scan };
  if (!FINAL.includes(scan.status)) return { state: "working", scan: scan.id, status: scan.status };
  const error = typeof scan.error === "string" ? { message: scan.error } : scan.error;
  return { state: "failed", scan: scan.id, fault: { message: error?.message ?? `The import ended as ${scan.status}.`, where: error ? faultPlace(error) : null, next: "Nothing of this file was imported." } };
}

async function poll(environment: number, scan: number): Promise<UploadProgress | null> {
  try {
    const answer = await fetch(`/api/e/${environment}/scans/${scan}`, { headers: { Accept: "application/json" }, cache: "no-store" });
    const read = anyScan.safeParse(jsonOf(await answer.text()));
    return answer.ok && read.success ? outcome(read.data) : null;
  } catch {
    return null;
  }
}

/** Uploads a report and follows its scan to the end. Calls back with each step; the last one is done or failed. */
export async function uploadReport(terms: UploadTerms, onProgress: (progress: UploadProgress) => void): Promise<void> {
  onProgress({ state: "sending", share: 0 });
  const answer = await send(terms, onProgress);
  const read = anyScan.safeParse(jsonOf(answer.text));
  if (answer.status >= 300 || answer.status === 0 || !read.success) return onProgress({ state: "failed", scan: null, fault: refused(answer.status, answer.text) });

  let latest: UploadProgress = outcome(read.data);
  onProgress(latest);
  while (latest.state === "working") {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    latest = (await poll(terms.environment, latest.scan)) ?? latest;
    onProgress(latest);
  }
}
