"use client";
import * as Radix from "radix-ui/popover";
import type { ReactNode } from "react";

/** A panel that hangs on its trigger; focus goes in and comes back, Escape closes. */
export function Popover({ trigger, label, children, open, onOpenChange, align = "start", width = 260 }: {
  trigger: ReactNode; label: string; children: ReactNode; open?: boolean; onOpenChange?: (open: boolean) => void; align?: "start" | "end"; width?: number;
}) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align={align}
          sideOffset={5}
          collisionPadding={8}
          style={{ width }}
          className="z-50 max-h-(--radix-popover-content-available-height) animate-rise overflow-y-auto rounded-[10px] border border-line-strong bg-raised p-1 shadow-menu focus:outline-none"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export const PopoverClose = Radix.Close;
