"use client";
import { useState } from "react";
import type { ShellView } from "@/lib/domain/views/shell";
import { ask } from "./ask";
import { useLive } from "./live";

type Counts = ShellView["counts"];

/** How many messages are unread; asked again when the stream says that there are new ones. `read` is what the frame was read with, a new object with each reading. */
export function Unread({ environment, read }: { environment: number; read: Counts }) {
  const [told, setTold] = useState<{ since: Counts; unread: number } | null>(null);
  useLive("notices", () => {
    void ask(environment, "inbox").then((said) => {
      if (typeof said === "object" && said !== null && "unread" in said && typeof said.unread === "number") setTold({ since: read, unread: said.unread });
    });
  });
  const count = told?.since === read ? told.unread : read.unread;
  if (count === 0) return null;
  return <span className="ml-auto rounded-full bg-accent px-1.5 text-2xs leading-4 font-medium text-accent-ink max-lg:hidden" title={`${count > 99 ? "99+" : count} unread`}>{count > 99 ? "99+" : count}<span className="sr-only"> unread</span></span>;
}
