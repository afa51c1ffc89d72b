import { z } from "zod";
import { FeedFault, type Catalogue, type KevEntry } from "./words";

const day = z.iso.date().nullish().catch(null);
const catalogue = z.object({
  dateReleased: z.string().refine((text) => !Number.isNaN(Date.parse(text)), "must be an instant"),
  count: z.number().int().min(0).optional(),
  vulnerabilities: z
    .array(z.object({
      cveID: z.string().regex(/^CVE-\d{4}-\d{4,12}$/i),
      vulnerabilityName: z.string().max(2_000).default(""),
      dateAdded: day,
      dueDate: day,
      knownRansomwareCampaignUse: z.string().max(100).nullish(),
    }))
    .min(1)
    .max(200_000),
});

/**
 * Reads CISA's catalogue of known exploited vulnerabilities (its JSON, schema of 2021 and later).
 * @throws FeedFault when it is another document, cut short, or holds fewer entries than it says
 */
export function readKev(text: string): Catalogue<KevEntry> {
  const read = catalogue.safeParse(parsed(text));
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new FeedFault(`This is no KEV catalogue: ${issue?.path.join(".") || "document"}: ${issue?.message ?? "not as expected"}.`);
  }
  const { dateReleased, count, vulnerabilities } = read.data;
  if (count !== undefined && count !== vulnerabilities.length) throw new FeedFault(`The catalogue says that it holds ${count} entries, and ${vulnerabilities.length} are there: it is not whole.`);
  const entries = new Map(vulnerabilities.map((one) => [one.cveID.toUpperCase(), one]));
  return {
    releasedAt: new Date(dateReleased),
    entries: [...entries].map(([cve, { vulnerabilityName, dateAdded, dueDate, knownRansomwareCampaignUse }]) => ({
      cve,
      name: vulnerabilityName,
      addedOn: dateAdded ?? null,
      dueOn: dueDate ?? null,
      ransomware: knownRansomwareCampaignUse === "Known",
    })),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FeedFault("This is no KEV catalogue: it is no whole JSON document.");
  }
}
