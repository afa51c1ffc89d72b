"use client";
import { useDate } from "@/components/ui/moment";
import type { DriftPoint } from "@/lib/domain/views/assets";

const WIDTH = 640;
const HEIGHT = 120;
const PAD = { left: 34, right: 10, top: 10, bottom: 18 };

/** A round number at or above the highest. */
function ceiling(highest: number): number {
  const step = [1, 2, 4, 6, 8, 10].map((each) => each * 10 ** Math.floor(Math.log10(Math.max(1, highest)))).find((each) => each >= highest);
  return step ?? highest;
}

/** Detected findings over time as steps: a count holds until the next look. The table beside it says the same in words. */
export function DriftChart({ points, now }: { points: readonly DriftPoint[]; now: string }) {
  const date = useDate();
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return null;
  const from = Date.parse(first.at);
  const until = Math.max(Date.parse(now), Date.parse(last.at), from + 1);
  const top = ceiling(Math.max(...points.map(({ live }) => live)));
  const x = (at: number) => PAD.left + ((at - from) / (until - from)) * (WIDTH - PAD.left - PAD.right);
  const y = (live: number) => PAD.top + (1 - live / top) * (HEIGHT - PAD.top - PAD.bottom);
  const steps = points.map(({ at, live }, index) => `${index === 0 ? "M" : "H"}${x(Date.parse(at)).toFixed(1)}${index === 0 ? ` ${y(live).toFixed(1)}` : `V${y(live).toFixed(1)}`}`).join("");
  const line = `${steps}H${x(until).toFixed(1)}`;
  const says = `Detected findings from ${date(first.at, "day")} to ${date(last.at, "day")}: ${points.length} looks, first ${first.live}, highest ${Math.max(...points.map(({ live }) => live))}, now ${last.live}.`;
  return (
    <svg role="img" aria-label={says} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="h-auto w-full max-sm:[&_text]:text-[20px]">
      {[0, top].map((value) => (
        <g key={value}>
          <line x1={PAD.left} x2={WIDTH - PAD.right} y1={y(value)} y2={y(value)} className="stroke-line" />
          <text x={PAD.left - 6} y={y(value) + 3.5} textAnchor="end" className="fill-ink-3 text-[10px]">{value.toLocaleString("en")}</text>
        </g>
      ))}
      <path d={`${line}V${y(0)}H${PAD.left}Z`} className="fill-accent-soft" />
      <path d={line} fill="none" strokeWidth={1.75} strokeLinejoin="round" className="stroke-accent" />
      {points.map(({ at, live }) => <circle key={at} cx={x(Date.parse(at))} cy={y(live)} r={2.5} className="fill-accent"><title>{`${date(at, "minute")}: ${live.toLocaleString("en")} detected`}</title></circle>)}
      <text x={PAD.left} y={HEIGHT - 4} className="fill-ink-3 text-[10px]">{date(first.at, "short")}</text>
      <text x={WIDTH - PAD.right} y={HEIGHT - 4} textAnchor="end" className="fill-ink-3 text-[10px]">now</text>
    </svg>
  );
}
