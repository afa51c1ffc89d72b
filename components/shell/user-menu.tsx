"use client";
import { useRouter } from "next/navigation";
import { Face } from "@/components/ui/states";
import { Menu } from "@/components/ui/menu";
import { ROLE_LABELS } from "@/lib/domain/access/can";
import type { Me } from "@/lib/domain/views/shell";
import { navClass } from "./nav-class";

async function leave() {
  const { signOut } = await import("next-auth/react");
  await signOut({ callbackUrl: "/login" });
}

/** Who is signed in, in which role, and the way out. */
export function UserMenu({ me, environment }: { me: Me; environment: number }) {
  const router = useRouter();
  return (
    <Menu
      label="Account"
      width={230}
      head={<p className="border-b border-line px-2 pt-1 pb-2 text-xs text-ink-2"><span className="block truncate font-medium text-ink">{me.email}</span>{ROLE_LABELS[me.role]} in this environment</p>}
      items={[{ key: "keys", label: "Keyboard settings", onSelect: () => router.push(`/e/${environment}/settings`) }, { key: "out", label: "Sign out", onSelect: () => void leave() }]}
      trigger={(wires) => (
        <button {...wires} type="button" className={navClass(false)} title={`${me.name}, ${ROLE_LABELS[me.role]}`}>
          <span aria-hidden><Face initials={me.initials} name={me.name} /></span>
          <span className="min-w-0 truncate max-lg:sr-only">{me.name}<span className="sr-only">, account</span></span>
        </button>
      )}
    />
  );
}
