"use client";
import { useClock } from "./clock";

const STEPS = [
  { under: 3_600_000, per: 60_000, unit: "min", short: "m" },
  { under: 86_400_000 * 1.5, per: 3_600_000, unit: "h", short: "h" },
  { under: 86_400_000 * 60, per: 86_400_000, unit: "d", short: "d" },
  { under: 86_400_000 * 700, per: 86_400_000 * 30.4, unit: "mo", short: "mo" },
  { under: Infinity, per: 86_400_000 * 365.25, unit: "y", short: "y" },
] as const;

/** A length of time in its largest fitting unit: "14 min", "9 h", "2 d". Takes milliseconds. */
export function span(milliseconds: number, compact = false): string {
  const length = Math.abs(milliseconds);
  const step = STEPS.find((each) => length < each.under) ?? STEPS[4];
  const count = Math.floor(length / step.per);
  if (step.unit === "min" && count < 1) return compact ? "now" : "less than a minute";
  return compact ? `${count}${step.short}` : `${count} ${step.unit}`;
}

const FORMATS = {
  exact: { dateStyle: "full", timeStyle: "long" },
  day: { day: "numeric", month: "short", year: "numeric" },
  short: { day: "numeric", month: "short" },
  minute: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  hour: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  heading: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const made = new Map<string, Intl.DateTimeFormat>();

/** To make a formatter costs more than a whole row to draw: each is made once. */
function formatter(format: keyof typeof FORMATS, isOtherYear: boolean, isClient: boolean): Intl.DateTimeFormat {
  const key = `${format} ${isOtherYear} ${isClient}`;
  const known = made.get(key) ?? new Intl.DateTimeFormat("en-GB", { ...FORMATS[format], ...(isOtherYear ? { year: "numeric" } : {}), ...(isClient ? {} : { timeZone: "UTC" }) });
  made.set(key, known);
  return known;
}

/** An instant as text in the viewer's zone; before the browser has taken over, in UTC. A date of another year says so. */
export function useDate(): (at: string, format: keyof typeof FORMATS) => string {
  const { isClient, now } = useClock();
  return (at, format) => {
    const isOtherYear = (format === "minute" || format === "short") && new Date(at).getUTCFullYear() !== new Date(now).getUTCFullYear();
    return formatter(format, isOtherYear, isClient).format(new Date(at));
  };
}

/** A point in time. `look`: "ago" (2 d ago), "age" (2d), or a date. The exact instant is on hover. */
export function Moment({ at, look = "ago", className }: { at: string; look?: "ago" | "age" | "day" | "minute" | "hour"; className?: string }) {
  const { now } = useClock();
  const date = useDate();
  const distance = now - Date.parse(at);
  const words = {
    ago: () => (distance < -60_000 ? `in ${span(distance)}` : distance < 60_000 ? "just now" : `${span(distance)} ago`),
    age: () => span(distance, true),
    day: () => date(at, "day"),
    minute: () => date(at, "minute"),
    hour: () => date(at, "hour"),
  } as const;

  return <time dateTime={at} title={`${date(at, "exact")} (${at})`} className={className}>{words[look]()}</time>;
}
