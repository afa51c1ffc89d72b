import type { Question } from "./questions";

/** How a filter is kept, shared and opened again. */
export const VIEWS_TOPIC: Question = {
  id: "views",
  ask: "How do I keep a filter?",
  answer: (
    <>
      <p><b>Save view</b> (<kbd>s</kbd>) keeps the filter with its order, columns and row height under a name, for yourself or shared with everybody in this environment. The menu left of the filter (<kbd>v</kbd>) opens views, pins them to the side, copies their address and says what you begin with. Its owner and managers change a shared view; whoever shows something else than the view reads <b>changed</b> beside its name, and saves it, saves it as another, or reverts.</p>
      <p>The queue opens where you were last. After half a day it begins with your default, if you chose one; who is new begins with everybody’s. A view that is somebody’s default is deleted only after saying whose, and they are told.</p>
      <p>A star (<kbd>b</kbd>) is yours alone: <code>is:bookmarked</code>. Sharing a finding (<kbd>h</kbd>) tells colleagues with a note, which stands on the finding and in its timeline: <code>is:shared</code> shows what others shared with you.</p>
    </>
  ),
};
