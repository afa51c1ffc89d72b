import { Part } from "./part";

const GROUNDS = ["bg-ground", "bg-panel", "bg-raised", "bg-sunk", "bg-hover", "bg-selected"] as const;
const INKS = ["text-ink", "text-ink-2", "text-ink-3", "text-accent", "text-critical", "text-high", "text-medium", "text-low", "text-info", "text-good", "text-danger"] as const;

/** Every colour of text on every ground. */
export function Grounds() {
  return (
    <Part name="tokens">
      {GROUNDS.map((ground) => (
        <div key={ground} className={`w-full rounded-lg border border-line px-3 py-2 ${ground}`}>
          <span className="mr-3 font-mono text-2xs text-ink-3">{ground}</span>
          {INKS.map((ink) => <span key={ink} className={`mr-3 ${ink}`}>{ink.replace("text-", "")}</span>)}
        </div>
      ))}
    </Part>
  );
}
