import { oldUploads, removeFile } from "@/lib/db/uploads";

/**
 * Removes the stored bytes of reports whose scans settled (or were last shown) more than so many days ago; gives how many files went. Name, size
 * and hash stay, and since when the file is gone. What a scan did is no part of its file and stays whole. 0 days: they are kept for ever.
 */
export async function removeOldFiles(days: number): Promise<number> {
  if (days === 0) return 0;
  let removed = 0;
  for (let from = 0; ; ) {
    const ids = await oldUploads(days, from);
    for (const id of ids) if (await removeFile(id, days)) removed++;
    const last = ids.at(-1);
    if (last === undefined) return removed;
    from = last;
  }
}
