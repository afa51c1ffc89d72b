"use client";
import { Toaster } from "sonner";

/** Where short messages appear: over the foot of the list, above the bulk bar, never over the drawer. */
export function Toasts() {
  return (
    <Toaster
      position="bottom-left"
      offset={{ bottom: 76, left: 224 }}
      gap={8}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast: "flex w-[380px] max-w-[calc(100vw-2rem)] items-center gap-3 rounded-[10px] border border-line-strong bg-raised px-3.5 py-2.5 text-sm text-ink shadow-menu",
          title: "font-medium",
          description: "text-xs text-ink-2 whitespace-pre-line",
          content: "min-w-0 flex-1",
          icon: "hidden",
          actionButton: "shrink-0 rounded-md border border-line px-2 py-1 text-xs font-medium text-accent hover:bg-hover",
        },
      }}
    />
  );
}
