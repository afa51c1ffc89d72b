import { MAX_LISTED, MAX_SELECTION } from "@/lib/domain/finding/limits";
import type { Command } from "./commands";

/** What somebody asks to be done to what is chosen. */
export type Asked = Command | "repeat";

const ABOUT_THEM = "Select those that are loaded, up to 1,000 at once.";

type Word = { title: string; description: string };

/** What is done to findings that are named alone: said instead of done where all that match are chosen, or more than go at once. */
const NAMED_ALONE: Partial<Record<Asked, Word>> = {
  approve: { title: "What is asked for is answered on chosen findings", description: ABOUT_THEM },
  refuse: { title: "What is asked for is answered on chosen findings", description: ABOUT_THEM },
  ticket: { title: "Tickets are made of chosen findings", description: ABOUT_THEM },
  amend: { title: "Decisions are amended on chosen findings", description: `${ABOUT_THEM} To give all that match another reason, close them with it.` },
  evidence: { title: "Evidence is added to chosen findings", description: ABOUT_THEM },
  repeat: { title: "A decision is repeated on chosen findings", description: "On all that match it is taken anew, and shown before it happens." },
  bookmark: { title: "Stars and sharing are for chosen findings", description: "To show somebody all that match, save this as a shared view and send its address." },
  share: { title: "Stars and sharing are for chosen findings", description: "To show somebody all that match, save this as a shared view and send its address." },
};

/** At once on what is ticked; through the dialog of many, on a list or on a filter; or a word why not. */
export type Way = { by: "once" | "list" | "filter" } | { by: "word"; word: Word };

/** How a command goes about what is chosen: `isWhole` all that match the filter, else `ticked` rows. Null: the dialog of many itself is asked for. */
export function wayOf(asked: Asked | null, isWhole: boolean, ticked: number): Way {
  if (asked === "why" || (asked === null ? !isWhole && ticked === 0 : !isWhole && ticked <= MAX_SELECTION)) return { by: "once" };
  const word = asked === null ? undefined : NAMED_ALONE[asked];
  if (word) return { by: "word", word };
  if (isWhole) return { by: "filter" };
  if (ticked <= MAX_LISTED) return { by: "list" };
  return { by: "word", word: { title: `${ticked.toLocaleString("en")} findings are too many to name`, description: `At most ${MAX_LISTED.toLocaleString("en")} at once; who manages the environment chooses all that match a filter instead.` } };
}
