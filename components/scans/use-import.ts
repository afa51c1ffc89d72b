"use client";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import type { MappingView, ReportLook, ScansPage, ScanStatus } from "@/lib/domain/views/scans";
import { faultOf, type ScanAnswer } from "./follow-scan";
import { emptyDraft, type Draft } from "./import-draft";
import { RUNNING } from "./scan-words";
import { lookAtFile, uploadReport, type Refused } from "./upload-report";

/** Where an import stands that was started here. Null: it has not been. */
export type ImportStep =
  | { state: "sending"; share: number | null }
  | { state: "working"; scan: number; status: ScanStatus }
  | { state: "shown" | "done"; scan: ScanAnswer }
  | { state: "failed"; scan: number | null; fault: Refused };

const WAITING: readonly ScanStatus[] = ["previewed", "held"];

function settledStep(answer: ScanAnswer): ImportStep {
  if (answer.status === "completed") return { state: "done", scan: answer };
  if (WAITING.includes(answer.status)) return { state: "shown", scan: answer };
  return { state: "failed", scan: answer.id, fault: { ...faultOf(answer), next: `Nothing of this file was imported.${answer.error?.next ? ` ${answer.error.next}` : ""}` } };
}

/** One import from the choice of its file to where it settles: what is said about it, what its first bytes tell, and how far it is. */
export function useImport(page: ScansPage) {
  const router = useRouter();
  const environment = page.environment.number;
  const [draft, setDraft] = useState<Draft>(() => emptyDraft(page.imports));
  const [chosen, setChosen] = useState<{ file: File | null; look: ReportLook | "looking" | null }>({ file: null, look: null });
  const [step, setStep] = useState<ImportStep | null>(null);
  const [tried, setTried] = useState(false);
  const [isBack, setBack] = useState(false); // from a finished import: the pressed button is gone, the panel takes the focus
  const [saved, setSaved] = useState<readonly MappingView[]>([]);
  const sending = useRef<AbortController | null>(null);

  async function choose(file: File) {
    setDraft((before) => ({ ...before, format: "auto", mapping: null }));
    setChosen({ file, look: file.size > 0 ? "looking" : null });
    if (file.size === 0) return;
    const look = await lookAtFile(environment, file);
    setChosen((now) => (now.file === file ? { file, look } : now)); // another one may have been chosen meanwhile
  }

  function settle(answer: ScanAnswer) {
    const next = settledStep(answer);
    setStep(next);
    if (next.state === "shown") router.push(`/e/${environment}/scans/${answer.id}`);
    else router.refresh();
  }

  async function start() {
    const { file } = chosen;
    if (!file || sending.current) return;
    setTried(true);
    if (draft.unbraked && draft.note.trim() === "") return;
    const stop = new AbortController();
    sending.current = stop;
    setStep({ state: "sending", share: 0 });
    const sent = await uploadReport(environment, file, draft, (share) => setStep({ state: "sending", share }), stop.signal);
    sending.current = null;
    if (!sent.ok) setStep({ state: "failed", scan: null, fault: sent.fault });
    else if (RUNNING.includes(sent.scan.status)) setStep({ state: "working", scan: sent.scan.id, status: sent.scan.status });
    else settle(sent.scan);
  }

  function retry() {
    setBack(true);
    setTried(false);
    setStep(null);
  }

  function clear() {
    setDraft({ ...emptyDraft(page.imports), asset: draft.asset, then: draft.then });
    setChosen({ file: null, look: null });
    setTried(false);
  }

  return {
    ...chosen, draft, step, tried, isBack, settle, retry, clear, start,
    mappings: [...page.mappings.filter(({ name }) => !saved.some((one) => one.name === name)), ...saved],
    choose: (file: File) => void choose(file),
    say: (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part })),
    stop: () => sending.current?.abort(),
    again: () => { retry(); clear(); },
    remember: (mapping: MappingView) => setSaved((before) => [...before.filter(({ name }) => name !== mapping.name), mapping]),
  };
}
