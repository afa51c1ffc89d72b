"use client";
import { z } from "zod";
import { size } from "@/components/ui/bytes";
import { evidenceFile, MAX_FILE_BYTES, type EvidenceFile } from "@/lib/domain/evidence/file";

const problem = z.object({ detail: z.string(), next: z.string().nullish() });

export type SentEvidence = { ok: true; file: EvidenceFile } | { ok: false; message: string };

/** Sends the bytes of a file as they are. It proves nothing until a piece of evidence names its id; one that none names is gone after a day. */
export async function sendEvidence(environment: number, file: File): Promise<SentEvidence> {
  if (file.size > MAX_FILE_BYTES) return { ok: false, message: `${file.name} has ${size(file.size)}; at most ${size(MAX_FILE_BYTES)} are taken. Send a part of it, or name where it lies.` };
  try {
    const answer = await fetch(`/api/e/${environment}/evidence/files`, { method: "POST", body: file, headers: { "Content-Type": "application/octet-stream", "X-File-Name": encodeURIComponent(file.name) } });
    const body: unknown = await answer.json();
    if (answer.ok) return { ok: true, file: evidenceFile.parse(body) };
    const { detail, next } = problem.parse(body);
    return { ok: false, message: [detail, next].filter(Boolean).join(" ") };
  } catch {
    return { ok: false, message: "The connection broke before the file had arrived. Choose it again." };
  }
}
