import clsx from "clsx";
import Link from "next/link";
import type { ReactNode } from "react";
import { Page, PageHead } from "@/components/shell/page-head";
import { can, type Act, type Role } from "@/lib/domain/access/can";

/** The parts of the settings: those of a person first, then those of the environment. */
export const PARTS = [
  { key: "keyboard", path: "#keyboard", label: "Keyboard", act: "environment.read" },
  { key: "messages", path: "#messages", label: "Messages", act: "notice.read" },
  { key: "lists", path: "#lists", label: "Address lists", act: "environment.manage" },
  { key: "tokens", path: "/tokens", label: "Tokens", act: "token.manage" },
  { key: "connectors", path: "/connectors", label: "Connectors", act: "connector.read" },
  { key: "deliveries", path: "/deliveries", label: "Deliveries", act: "connector.read" },
  { key: "health", path: "/health", label: "Health", act: "worker.read" },
] as const satisfies readonly { key: string; path: string; label: string; act: Act }[];

export type Part = (typeof PARTS)[number]["key"];

type Props = { environment: number; role: Role; here: Part | null; title: string; actions?: ReactNode; width?: string; children: ReactNode };

/** A part of the settings beside the list of all that this role may open. */
export function SettingsFrame({ environment, role, here, title, actions, width = "max-w-5xl", children }: Props) {
  return (
    <Page>
      <PageHead title={title}>{actions}</PageHead>
      <div className="relative min-h-0 flex-1 overflow-y-auto">
        <div className={clsx("mx-auto flex gap-x-8 gap-y-4 px-[18px] py-5 max-md:flex-col", width)}>
          <nav aria-label="Settings" className="shrink-0 md:sticky md:top-5 md:w-32 md:self-start">
            <ul className="flex gap-0.5 max-md:flex-wrap md:flex-col">
              {PARTS.filter(({ act }) => can(role, act)).map(({ key, path, label }) => (
                <li key={key}><Link href={`/e/${environment}/settings${path}`} prefetch={false} aria-current={here === key ? "page" : undefined} className={clsx("block min-h-6 rounded-md px-2.5 py-1", here === key ? "bg-selected font-medium text-ink" : "text-ink-2 hover:bg-hover hover:text-ink")}>{label}</Link></li>
              ))}
            </ul>
          </nav>
          <div className="min-w-0 flex-1">{children}</div>
        </div>
      </div>
    </Page>
  );
}
