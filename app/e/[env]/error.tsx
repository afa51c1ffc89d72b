"use client";
import { ErrorScreen } from "@/components/shell/error-screen";

export default function Trouble({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <div className="grid h-full min-h-80 place-items-center"><ErrorScreen digest={error.digest} retry={reset} /></div>;
}
