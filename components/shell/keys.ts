export type KeyHelp = { keys: readonly string[]; does: string };

/** Every key of the screens, as the help dialog shows them. Each has a visible control as well. */
export const KEY_GROUPS = [
  {
    title: "Move",
    keys: [
      { keys: ["j", "k"], does: "Next, previous finding" },
      { keys: ["Enter"], does: "Open beside the list" },
      { keys: ["o"], does: "Open as a page" },
      { keys: ["Esc"], does: "Close the drawer, then clear the selection" },
      { keys: ["1", "…", "5"], does: "Tabs, left to right" },
      { keys: ["/"], does: "Search" },
    ],
  },
  {
    title: "Select",
    keys: [
      { keys: ["x"], does: "Select, deselect" },
      { keys: ["Shift", "j"], does: "Extend downwards" },
      { keys: ["Shift", "k"], does: "Extend upwards" },
    ],
  },
  {
    title: "Decide",
    keys: [
      { keys: ["e"], does: "Close: record a disposition" },
      { keys: ["r"], does: "Accept the risk" },
      { keys: ["i"], does: "Investigate" },
      { keys: ["u"], does: "Back to Needs Review" },
      { keys: ["a"], does: "Assign" },
      { keys: ["m"], does: "Assign to me" },
      { keys: ["l"], does: "Tag" },
      { keys: ["c"], does: "Carry over the decision of the finding that it looks like" },
      { keys: ["s"], does: "Apply what a statement suggests about the open finding" },
      { keys: ["Shift", "s"], does: "Ignore that suggestion" },
      { keys: ["z"], does: "Undo the last action" },
    ],
  },
  {
    title: "Assets",
    keys: [
      { keys: ["j", "k"], does: "Next, previous asset" },
      { keys: ["x"], does: "Select the asset; with Shift and j or k more of them" },
      { keys: ["Enter"], does: "Open the asset" },
      { keys: ["e"], does: "Edit what is selected, or the open asset" },
      { keys: ["n"], does: "Add an asset" },
      { keys: ["/"], does: "Search names" },
      { keys: ["Esc"], does: "Clear the selection; from an asset back to the list" },
    ],
  },
  {
    title: "A scan",
    keys: [
      { keys: ["j", "k"], does: "Next, previous count" },
      { keys: ["Enter"], does: "Open the rows behind it" },
      { keys: ["a"], does: "Apply what is shown; release what is held" },
      { keys: ["z"], does: "Undo what the newest message tells" },
      { keys: ["Esc"], does: "Back to all scans" },
    ],
  },
  {
    title: "Go",
    keys: [
      { keys: ["g", "a"], does: "Alerts" },
      { keys: ["g", "s"], does: "Scans" },
      { keys: ["g", "i"], does: "Assets, the inventory" },
      { keys: ["g", "l"], does: "Audit log" },
      { keys: ["g", "h"], does: "Help" },
    ],
  },
  { title: "Anywhere", keys: [{ keys: ["Ctrl", "Enter"], does: "Send a dialog" }, { keys: ["?"], does: "This list" }] },
] as const satisfies readonly { title: string; keys: readonly KeyHelp[] }[];
