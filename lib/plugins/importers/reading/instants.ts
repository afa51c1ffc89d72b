const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/** Names of zones that mean one thing only; hours east of Greenwich. */
const ZONES: ReadonlyMap<string, number> = new Map([
  ["", 0], ["z", 0], ["utc", 0], ["gmt", 0], ["cet", 1], ["cest", 2], ["eet", 2], ["eest", 3], ["est", -5], ["edt", -4], ["cdt", -5], ["mst", -7], ["mdt", -6], ["pst", -8], ["pdt", -7],
]);

const SHAPES = [
  /** 2024-05-02T10:20:30.123+02:00, 2024-05-02 10:20:30 */
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)[T ](?<time>\d\d:\d\d(?::\d\d)?)(?:[.,]\d{1,12})?(?: ?(?<zone>Z|UTC|[+-]\d\d:?\d\d))?$/i,
  /** Mon, 26 Apr 2021 07:03:32 +0000 */
  /^(?:[a-z]{2,9}\.?,? )?(?<day>\d{1,2}) (?<month>[a-z]{3,9})\.?,? (?<year>\d{4}),? (?:at )?(?<time>\d\d:\d\d(?::\d\d)?)(?: (?<zone>[a-z]{1,5}|[+-]\d\d:?\d\d))?$/i,
  /** 12 Mar 2020 04:42PM GMT-0400 */
  /^(?<day>\d{1,2}) (?<month>[a-z]{3}) (?<year>\d{4}) (?<time>\d\d:\d\d)(?<half>[AP]M) GMT(?<zone>[+-]\d{4})?$/i,
  /** Mon Nov 16 03:45:06 2020, Thu Jun 27 10:22:33 CEST 2024 */
  /^(?:[a-z]{2,9},? )?(?<month>[a-z]{3}) {1,2}(?<day>\d{1,2}) (?<time>\d\d:\d\d:\d\d)(?: (?<zone>[a-z]{1,5}))? (?<year>\d{4})$/i,
  /** Mar 13 11:59:45 2018 GMT */
  /^(?<month>[a-z]{3}) {1,2}(?<day>\d{1,2}) (?<time>\d\d:\d\d:\d\d) (?<year>\d{4})(?: (?<zone>[a-z]{1,5}))?$/i,
  /** Feb 03, 2026 07:00 AM; Jan 5, 2024 10:01:02 UTC */
  /^(?<month>[a-z]{3,9}) (?<day>\d{1,2}), (?<year>\d{4}),? (?<time>\d\d:\d\d(?::\d\d)?)(?: (?<half>[AP]M))?(?: (?<zone>[a-z]{1,5}))?$/i,
];

/**
 * An instant as scanners write one, between 1990 and 2200. A time without a zone is read as UTC; what cannot be read
 * for certain, such as a zone whose name means several, is null.
 */
export function instantOf(text: string | null | undefined): Date | null {
  const plain = (text ?? "").trim().slice(0, 80);
  for (const shape of SHAPES) {
    const groups = shape.exec(plain)?.groups;
    if (groups) return dateOf(groups);
  }
  return null;
}

/** An instant counted in seconds since 1970. */
export function instantOfSeconds(seconds: number | null): Date | null {
  return seconds === null ? null : plausible(new Date(seconds * 1_000));
}

function dateOf({ year = "", month = "", day = "", time = "", half = "", zone = "" }: Record<string, string | undefined>): Date | null {
  const number = /^\d/.test(month) ? Number(month) : MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1;
  const offset = offsetOf(zone);
  if (number === 0 || offset === null) return null;
  const two = (value: number): string => String(value).padStart(2, "0");
  return plausible(new Date(Date.parse(`${year}-${two(number)}-${two(Number(day))}T${hours24(time, half)}Z`) - offset * 60_000));
}

/** `07:30` of the afternoon is `19:30`, `12:30` of the morning `00:30`. */
function hours24(time: string, half: string): string {
  if (half === "") return time;
  const hours = (Number(time.slice(0, 2)) % 12) + (/^p/i.test(half) ? 12 : 0);
  return `${String(hours).padStart(2, "0")}${time.slice(2)}`;
}

/** Minutes east of Greenwich. */
function offsetOf(zone: string): number | null {
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? [];
  if (sign !== undefined) return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  const named = ZONES.get(zone.toLowerCase());
  return named === undefined ? null : named * 60;
}

function plausible(date: Date): Date | null {
  const year = date.getUTCFullYear();
  return year >= 1990 && year <= 2200 ? date : null;
}
