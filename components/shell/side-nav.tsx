"use client";
import { BookOpen, Inbox, ScanLine, ScrollText, Server } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { can, type Act } from "@/lib/domain/access/can";
import type { ShellView } from "@/lib/domain/views/shell";
import { useGoKeys } from "./go-keys";
import { navClass } from "./nav-class";
import { useQueueCount } from "./queue-count";

const AREAS = [
  { path: "alerts", key: "a", label: "Alerts", icon: Inbox, act: "finding.read", also: "findings" },
  { path: "scans", key: "s", label: "Scans", icon: ScanLine, act: "scan.read", also: "scans" },
  { path: "assets", key: "i", label: "Assets", icon: Server, act: "asset.read", also: "assets" },
  { path: "audit", key: "l", label: "Audit log", icon: ScrollText, act: "audit.read", also: "audit" },
  { path: "help", key: "h", label: "Help", icon: BookOpen, act: "finding.read", also: "help" },
] as const satisfies readonly { path: string; key: string; label: string; icon: typeof Inbox; act: Act; also: string }[];

/** The areas of an environment that this person may enter. */
export function SideNav({ environment, role, counts }: { environment: number; role: ShellView["me"]["role"]; counts: ShellView["counts"] }) {
  const queue = useQueueCount(environment, counts);
  const here = usePathname().split("/")[3];
  const areas = AREAS.filter((area) => can(role, area.act));
  useGoKeys(Object.fromEntries(areas.map((area) => [area.key, `/e/${environment}/${area.path}`])));
  return (
    <ul className="flex flex-col gap-0.5">
      {areas.map((area) => {
        const isHere = here === area.path || here === area.also;
        return (
          <li key={area.path}>
            <Link href={`/e/${environment}/${area.path}`} aria-current={isHere ? "page" : undefined} className={navClass(isHere)} title={`${area.label} (g, then ${area.key})`} aria-keyshortcuts={`g ${area.key}`}>
              <area.icon size={15} aria-hidden className="shrink-0 text-ink-3" />
              <span className="max-lg:sr-only">{area.label}</span>
              {area.path === "alerts" ? <span className="ml-auto text-xs text-ink-3 max-lg:hidden" title="Needs Review and Investigating, still detected">{queue.toLocaleString("en")}</span> : null}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
