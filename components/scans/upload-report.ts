"use client";
import { z } from "zod";
import { MAPPED_FIELDS } from "@/lib/domain/scan/mapping";
import type { ReportLook } from "@/lib/domain/views/scans";
import { faultPlace, scanAnswer, type Fault, type ScanAnswer } from "./follow-scan";
import { sentAs, type Draft } from "./import-draft";

export type Refused = Fault & { next: string | null };
export type Sent = { ok: true; scan: ScanAnswer } | { ok: false; fault: Refused };

const problem = z.object({
  title: z.string().catch("The report was refused."), detail: z.string().nullish(), next: z.string().nullish(), line: z.number().nullish(), path: z.string().nullish(),
  errors: z.array(z.object({ path: z.string().nullish(), message: z.string() })).max(100).nullish(),
});

function jsonOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return null;
  }
}

function refused(status: number, text: string): Refused {
  const read = problem.safeParse(jsonOf(text));
  const plain = { tried: [], where: null };
  if (!read.success) return { ...plain, message: status === 0 ? "The connection broke before the report had arrived." : `The report was refused (${status}).`, next: "Nothing was imported. Try again." };
  const { title, detail, next, errors } = read.data;
  const first = errors?.[0];
  return { ...plain, message: detail ?? first?.message ?? title, where: faultPlace(read.data) ?? (first?.path ? `at ${first.path}` : null), next: next ?? null };
}

/** Sends the bytes as they are, counting what has left; `stop` breaks it off. Gives the scan that was made of them. */
export function uploadReport(environment: number, file: File, draft: Draft, onShare: (share: number | null) => void, stop: AbortSignal): Promise<Sent> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const end = (status: number, text: string) => {
      const read = z.object({ scan: scanAnswer }).safeParse(jsonOf(text));
      resolve(status >= 200 && status < 300 && read.success ? { ok: true, scan: read.data.scan } : { ok: false, fault: refused(status, text) });
    };
    request.open("POST", `/api/e/${environment}/scans?${sentAs(draft, file.name).toString()}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (event) => onShare(event.lengthComputable ? event.loaded / event.total : null);
    request.onload = () => end(request.status, request.responseText);
    request.onerror = () => end(0, "");
    request.onabort = () => resolve({ ok: false, fault: { message: "You stopped it before the report had arrived.", tried: [], where: null, next: "Nothing was imported." } });
    stop.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

const HEAD_BYTES = 65_536;
const field = z.string().max(300);
const tried = z.array(z.object({ format: z.string(), why: z.string() })).max(200);
const look = z.object({
  isPacked: z.boolean(),
  found: z.object({ format: z.string(), label: z.string() }).nullable(),
  message: z.string().nullable(),
  tried,
  table: z.object({
    format: z.enum(["generic-csv", "generic-json"]), columns: z.array(z.string()).max(1_000), rows: z.array(z.array(z.string()).max(1_000)).max(100), guess: z.partialRecord(z.enum(MAPPED_FIELDS.map((one) => one.field)), field),
  }).nullable(),
});

/** What the first bytes of a file tell, before it is sent; null where nobody answers. Nothing is stored. */
export async function lookAtFile(environment: number, file: File): Promise<ReportLook | null> {
  try {
    const answer = await fetch(`/api/e/${environment}/scans/look`, { method: "POST", body: file.slice(0, HEAD_BYTES), headers: { "Content-Type": "application/octet-stream", Accept: "application/json" } });
    const read = look.safeParse(await answer.json());
    return answer.ok && read.success ? read.data : null;
  } catch {
    return null;
  }
}
