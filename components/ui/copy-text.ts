import { toast } from "./toast";

/** What to do where nothing lets a page copy. */
const BY_HAND = "The browser did not let it be copied: mark it and press Ctrl C";

/**
 * The old way, for pages that came over http:// from elsewhere: there the browser has no clipboard for pages. What is marked is copied, so a field is
 * marked for a moment. It stands in the open dialog where there is one, which keeps the focus to itself.
 */
function copyMarked(text: string): boolean {
  const before = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  field.setAttribute("aria-hidden", "true");
  field.style.cssText = "position:fixed;inset:0 auto auto 0;opacity:0";
  (before?.closest("[role=dialog], dialog, [popover]") ?? document.body).append(field);
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  }
}

/** Puts text on the clipboard. Whether it is there; where it is not, whoever pressed is told what to do instead. */
export async function copyText(text: string): Promise<boolean> {
  const done = ("clipboard" in navigator && (await navigator.clipboard.writeText(text).then(() => true, () => false))) || copyMarked(text);
  if (!done) toast({ tone: "error", title: BY_HAND, stays: 6_000 });
  return done;
}
