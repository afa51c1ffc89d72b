import { Paperclip } from "lucide-react";
import { size } from "@/components/ui/bytes";
import type { EvidenceFile } from "@/lib/domain/evidence/file";

/** A file that proves something: to keep, never to show. */
export function EvidenceFileLink({ environment, file }: { environment: number; file: EvidenceFile }) {
  return (
    <span className="inline-flex max-w-full items-baseline gap-1">
      <Paperclip size={11} aria-hidden className="shrink-0 self-center" />
      <a href={`/api/e/${environment}/evidence/files/${file.id}`} download={file.name} title={`SHA-256 ${file.sha256}`} className="min-w-0 break-all text-accent underline">{file.name}</a>
      <span className="shrink-0 text-ink-3">{size(file.size)}</span>
    </span>
  );
}
