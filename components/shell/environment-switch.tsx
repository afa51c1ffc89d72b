"use client";
import { ChevronsUpDown } from "lucide-react";
import { useRouter } from "next/navigation";
import { Menu } from "@/components/ui/menu";
import type { EnvironmentView } from "@/lib/domain/views/shell";

/** Which environment this is, and the others that this person may enter. */
export function EnvironmentSwitch({ environment, environments }: { environment: EnvironmentView; environments: readonly EnvironmentView[] }) {
  const router = useRouter();
  return (
    <Menu
      label="Environments"
      width={220}
      items={environments.map((each) => ({
        key: String(each.number), label: each.name, hint: `Environment ${each.number}`, current: each.number === environment.number,
        onSelect: () => router.push(`/e/${each.number}/alerts`),
      }))}
      trigger={(wires) => (
        <button {...wires} type="button" title={`Environment: ${environment.name}`} className="mb-2.5 flex w-full items-center justify-between gap-2 rounded-[7px] border border-line bg-panel px-2.5 py-1.5 text-left font-medium hover:border-line-strong max-lg:justify-center max-lg:px-0">
          <span className="truncate max-lg:sr-only"><span className="sr-only">Environment: </span>{environment.name}</span>
          <span aria-hidden className="hidden text-xs max-lg:inline">{environment.name.slice(0, 2)}</span>
          <ChevronsUpDown size={13} aria-hidden className="shrink-0 text-ink-3 max-lg:hidden" />
        </button>
      )}
    />
  );
}
