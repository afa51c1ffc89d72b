/** Does the browser's way back lead to a page of this environment? Not from a page that a mail or a tracker opened; where a browser cannot tell, no. */
export function isBackHere(environment: number): boolean {
  if (!("navigation" in window)) return false;
  const { currentEntry } = window.navigation;
  const before = window.navigation.entries()[(currentEntry?.index ?? 0) - 1];
  return before?.url?.startsWith(`${location.origin}/e/${environment}/`) ?? false;
}
