import type { KevEntry } from "../../lib/domain/feeds/words";

/** From when the demo knows the catalogue: findings that are there by then enter it, later ones are in it from the start. */
export const CATALOGUE_DAYS_AGO = 20;

/**
 * The entries of CISA's catalogue of known exploited vulnerabilities (public domain, edition of 25 August 2025) that the demo's images and
 * hosts meet. An excerpt: `npm run docket -- feeds load kev` puts the whole of the newest edition in its place.
 */
export const CATALOGUE: { source: string; releasedAt: Date; entries: readonly KevEntry[] } = {
  source: "Excerpt for the demo of CISA's catalogue of 2025-08-25",
  releasedAt: new Date("2025-08-25T17:04:19Z"),
  entries: [
    { cve: "CVE-2021-3156", name: "Sudo Heap-Based Buffer Overflow Vulnerability", addedOn: "2022-04-06", dueOn: "2022-04-27", ransomware: false },
    { cve: "CVE-2021-44228", name: "Apache Log4j2 Remote Code Execution Vulnerability", addedOn: "2021-12-10", dueOn: "2021-12-24", ransomware: true },
    { cve: "CVE-2022-22965", name: "Spring Framework JDK 9+ Remote Code Execution Vulnerability", addedOn: "2022-04-04", dueOn: "2022-04-25", ransomware: false },
    { cve: "CVE-2023-44487", name: "HTTP/2 Rapid Reset Attack Vulnerability", addedOn: "2023-10-10", dueOn: "2023-10-31", ransomware: false },
    { cve: "CVE-2023-4911", name: "GNU C Library Buffer Overflow Vulnerability", addedOn: "2023-11-21", dueOn: "2023-12-12", ransomware: false },
    { cve: "CVE-2024-1086", name: "Linux Kernel Use-After-Free Vulnerability", addedOn: "2024-05-30", dueOn: "2024-06-20", ransomware: false },
    { cve: "CVE-2024-38475", name: "Apache HTTP Server Improper Escaping of Output Vulnerability", addedOn: "2025-05-01", dueOn: "2025-05-22", ransomware: false },
  ],
};
