import Link from "next/link";
import { Lock } from "lucide-react";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/states";

/** Nothing at this address, or nothing that this person may know of: the two read the same on purpose. */
export function MissingScreen({ home = "/" }: { home?: string }) {
  return (
    <EmptyState title="There is nothing here" actions={<Link href={home} className={buttonClass("primary")}>Go to the alerts</Link>}>
      <p>The address may be mistyped, or it belongs to an environment that you are not a member of. Ask its administrator to add you.</p>
    </EmptyState>
  );
}

/** Known, but this role may not. */
export function ForbiddenScreen({ what, who, home }: { what: string; who: string; home: string }) {
  return (
    <EmptyState icon={<Lock size={18} />} title={`Your role may not ${what}`} actions={<Link href={home} className={buttonClass("primary")}>Go to the alerts</Link>}>
      <p>{who} Ask an administrator of this environment if you need it for your work.</p>
    </EmptyState>
  );
}
