"use client";
import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { navClass } from "@/components/shell/nav-class";
import { moduleNamed } from "@/lib/domain/module/table";
import { useModulesHere } from "./module-context";

/** The modules that hold findings, under Alerts. */
export function ModuleNav({ environment }: { environment: number }) {
  const modules = useModulesHere();
  const path = usePathname();
  const shown = useSearchParams().get("module");
  if (modules.length === 0) return null;
  return (
    <ul aria-label="Modules" className="mt-0.5 flex flex-col gap-0.5 pl-[23px] max-lg:hidden">
      {modules.map(({ key, count }) => {
        const isHere = shown === key && path.endsWith("/alerts");
        return (
          <li key={key}>
            <Link href={`/e/${environment}/alerts?module=${key}`} prefetch={false} aria-current={isHere ? "page" : undefined} className={navClass(isHere)}>
              <span className="truncate">{moduleNamed(key).label}</span>
              {count === null ? null : <span className="ml-auto text-xs text-ink-3" title="Needs Review and Investigating, still detected">{count.toLocaleString("en")}</span>}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
