"use client";
import { Bell, BookOpen, Inbox, ScanLine, ScrollText, Server, Ticket } from "lucide-react";
import Link from "next/link";
import { usePathname, useRouter } from "next/navigation";
import { ModuleNav } from "@/components/module/module-nav";
import { can, type Act } from "@/lib/domain/access/can";
import type { ShellView } from "@/lib/domain/views/shell";
import { useCommandKeys } from "./command-registry";
import { useKeyHints } from "./keyboard";
import type { CommandId } from "./keys";
import { navClass } from "./nav-class";
import { PinnedViews } from "./pinned-views";
import { useQueueCount } from "./queue-count";
import { Unread } from "./unread";

const AREAS = [
  { path: "alerts", go: "go.alerts", label: "Alerts", icon: Inbox, act: "finding.read", also: "findings" },
  { path: "tickets", go: "go.tickets", label: "Tickets", icon: Ticket, act: "ticket.read", also: "tickets" },
  { path: "scans", go: "go.scans", label: "Scans", icon: ScanLine, act: "scan.read", also: "scans" },
  { path: "assets", go: "go.assets", label: "Assets", icon: Server, act: "asset.read", also: "assets" },
  { path: "audit", go: "go.audit", label: "Audit log", icon: ScrollText, act: "audit.read", also: "audit" },
  { path: "inbox", go: "go.inbox", label: "Inbox", icon: Bell, act: "notice.read", also: "inbox" },
  { path: "help", go: "go.help", label: "Help", icon: BookOpen, act: "finding.read", also: "help" },
] as const satisfies readonly { path: string; go: CommandId; label: string; icon: typeof Inbox; act: Act; also: string }[];

/** The areas of an environment that this person may enter. */
export function SideNav({ environment, role, counts, pins }: { environment: number; role: ShellView["me"]["role"]; counts: ShellView["counts"]; pins: ShellView["pins"] }) {
  const queue = useQueueCount(environment, counts);
  const here = usePathname().split("/")[3];
  const areas = AREAS.filter((area) => can(role, area.act));
  const router = useRouter();
  const hintOf = useKeyHints();
  useCommandKeys({
    ...Object.fromEntries(areas.map((area) => [area.go, () => router.push(`/e/${environment}/${area.path}`)])),
    "go.bulks": () => router.push(`/e/${environment}/bulk`),
    "go.settings": () => router.push(`/e/${environment}/settings`),
  });
  return (
    <ul className="flex flex-col gap-0.5">
      {areas.map((area) => {
        const hint = hintOf(area.go);
        const isHere = here === area.path || here === area.also;
        return (
          <li key={area.path}>
            <Link href={`/e/${environment}/${area.path}`} aria-current={isHere ? "page" : undefined} className={navClass(isHere)} title={hint ? `${area.label} (${hint.caps.join(", then ")})` : area.label} aria-keyshortcuts={hint?.aria}>
              <area.icon size={15} aria-hidden className="shrink-0 text-ink-3" />
              <span className="max-lg:sr-only">{area.label}</span>
              {area.path === "inbox" ? <Unread environment={environment} read={counts} /> : null}
              {area.path === "alerts" ? <span className="ml-auto text-xs text-ink-3 max-lg:hidden" title="Needs Review and Investigating, still detected">{queue.toLocaleString("en")}</span> : null}
            </Link>
            {area.path === "alerts" ? <><PinnedViews environment={environment} read={pins} /><ModuleNav environment={environment} /></> : null}
          </li>
        );
      })}
    </ul>
  );
}
