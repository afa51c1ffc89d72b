const written = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "UTC" });

/** An instant in a sentence that is read wherever it is sent: "21 Nov 2026, 14:05 UTC". */
export const spokenInstant = (at: Date): string => `${written.format(at)} UTC`;
