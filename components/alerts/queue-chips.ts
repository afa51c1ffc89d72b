import { inModule, moduleOf } from "@/lib/domain/module/view";
import type { QueueCounts, QueueFilter } from "@/lib/domain/views/alerts";
import { queueAddress, wholeTab } from "@/lib/domain/views/queue-address";
import type { Tab } from "@/lib/domain/finding/words";

type Flag = keyof QueueCounts["chips"];
type Chip = { flag: Flag; label: string; tab: Tab; title: string };

/** What would otherwise hide, and the tab in which all of it stands. */
export const CHIPS = [
  { flag: "re_review", label: "re-review", tab: "all", title: "Decided once, and worth a second look" },
  { flag: "live", label: "live in Closed", tab: "closed", title: "Dispositioned, yet still detected" },
  { flag: "waiting", label: "waiting on vendor", tab: "all", title: "A vendor was notified and a follow-up date is set" },
  { flag: "expiring", label: "expiring", tab: "all", title: "Acceptances that end soon, detected or not" },
  { flag: "requested", label: "acceptance requested", tab: "all", title: "Acceptances that wait for an approver" },
] as const satisfies readonly Chip[];

/** Over which list each chip was chosen. */
export type Before = Partial<Record<Flag, QueueFilter>>;

/** All that a chip counts, in the module that is shown. */
export function chipOn(chip: Chip, filter: QueueFilter): QueueFilter {
  return inModule({ ...wholeTab(chip.tab), is: [chip.flag] }, moduleOf(filter));
}

/** The list that the chip was chosen over; this one without it where that is not known, or was narrowed or turned since. */
export function chipOff(chip: Chip, filter: QueueFilter, before: Before): QueueFilter {
  const was = before[chip.flag];
  if (was && queueAddress(chipOn(chip, was)) === queueAddress(filter)) return was;
  return { ...filter, is: filter.is.filter((flag) => flag !== chip.flag) };
}
