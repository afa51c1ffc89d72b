"use client";
import { ClockProvider } from "@/components/ui/clock";
import { DomainParts } from "./domain-parts";
import { OpenParts } from "./open-parts";
import { Grounds } from "./grounds";
import { PlainParts } from "./plain-parts";

const NOW = "2026-11-21T09:30:00.000Z";

/** Every part of components/ui and every badge of the domain, in every state, in both themes. A test holds it whole. */
export function Gallery() {
  return (
    <ClockProvider now={NOW}>
      <main className="grid min-h-dvh grid-cols-2">
        {(["light", "dark"] as const).map((theme) => (
          <div key={theme} data-theme={theme} className="min-w-0 bg-panel text-ink">
            <h2 className="border-b border-line bg-sunk px-5 py-3 text-lg font-semibold">{theme === "light" ? "Light" : "Dark"}</h2>
            <Grounds />
            <PlainParts />
            <OpenParts theme={theme} />
            <DomainParts />
          </div>
        ))}
      </main>
    </ClockProvider>
  );
}
