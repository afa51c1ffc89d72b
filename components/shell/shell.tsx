import type { ReactNode } from "react";
import { ModulesHere } from "@/components/module/module-context";
import type { ShellView } from "@/lib/domain/views/shell";
import { BulkCorner } from "./bulk-corner";
import { EnvironmentSwitch } from "./environment-switch";
import { KeyboardProvider, type SaveKeyboard } from "./keyboard";
import { PaletteHost } from "./palette-host";
import { KeyboardHelp } from "./keyboard-help";
import { LineCorner } from "./line-corner";
import { LiveLine } from "./live";
import { SideNav } from "./side-nav";
import { ThemeToggle } from "./theme-toggle";
import { UserMenu } from "./user-menu";

/** The mark of the product: a record (the letter) and what is still detected (the dot). */
export function Brand() {
  return (
    <>
      <span aria-hidden className="grid size-[18px] place-items-center rounded-[5px] bg-accent text-[11px] leading-none font-bold text-accent-ink">D</span>
      <span className="max-lg:sr-only">Docket</span>
    </>
  );
}

/** What frames every screen of an environment: the side, and one main region that fills the rest. */
export function Shell({ shell, saveKeyboard, children }: { shell: ShellView; saveKeyboard: SaveKeyboard; children: ReactNode }) {
  return (
    <ModulesHere modules={shell.modules}><KeyboardProvider first={shell.keyboard} environment={shell.environment.number} save={saveKeyboard}>
      <div className="grid h-dvh grid-cols-[208px_minmax(0,1fr)] overflow-hidden bg-panel max-lg:grid-cols-[56px_minmax(0,1fr)]">
        <a href="#main" className="fixed top-2 left-2 z-50 -translate-y-16 rounded-lg border border-line-strong bg-raised px-3 py-2 font-medium focus:translate-y-0">Skip to the content</a>
        <nav aria-label="Main" className="flex min-h-0 flex-col overflow-y-auto border-r border-line bg-sunk px-2.5 py-3 max-lg:pb-12">
          <div className="flex items-center gap-2 px-2 pt-1 pb-3 text-base font-semibold tracking-tight max-lg:justify-center max-lg:px-0"><Brand /></div>
          <EnvironmentSwitch environment={shell.environment} environments={shell.environments} />
          <SideNav environment={shell.environment.number} role={shell.me.role} counts={shell.counts} pins={shell.pins} />
          <div className="mt-auto flex flex-col gap-0.5 pt-4">
            <KeyboardHelp role={shell.me.role} environment={shell.environment.number} />
            <ThemeToggle />
            <UserMenu me={shell.me} environment={shell.environment.number} />
          </div>
        </nav>
        <LiveLine environment={shell.environment.number} />
        <LineCorner />
        <BulkCorner environment={shell.environment.number} />
        <PaletteHost environment={shell.environment} environments={shell.environments} role={shell.me.role} />
        <main id="main" tabIndex={-1} className="min-h-0 min-w-0 focus:outline-none">{children}</main>
      </div>
    </KeyboardProvider></ModulesHere>
  );
}
