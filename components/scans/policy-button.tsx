"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { ScanActions, ScansPage } from "@/lib/domain/views/scans";
import { PolicyDialog, type PolicyRules } from "./policy-dialog";

/** For managers: opens how imports stop and who accepts a risk, and says what was wrong when it cannot be saved. */
export function PolicyButton({ page, save }: { page: ScansPage; save: ScanActions["changePolicy"] }) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  const onSave = async (rules: PolicyRules) => {
    const saved = await save({ environment: page.environment.number, ...rules });
    if (!saved.ok) toast({ tone: "error", title: saved.refusal.message, stays: 8_000 });
    else router.refresh();
    return saved.ok;
  };
  return (
    <>
      <Button look="quiet" onClick={() => setOpen(true)}>Policy…</Button>
      {open ? <PolicyDialog imports={page.imports} acceptance={page.acceptance} onSave={onSave} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
