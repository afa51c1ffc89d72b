/** What a container scanner finds in images. */
export type Flaw = { id: string; package: string; installed: string; fixed: string; severity: "CRITICAL" | "HIGH" | "MEDIUM" | "LOW"; title: string; cwe: string; score: number; share: number };

export const FLAWS: readonly Flaw[] = [
  { id: "CVE-2022-22965", package: "org.springframework:spring-beans", installed: "5.3.17", fixed: "5.3.18", severity: "CRITICAL", title: "spring-beans: remote code through data binding (Spring4Shell)", cwe: "CWE-94", score: 9.8, share: 0.3 },
  { id: "CVE-2021-44228", package: "org.apache.logging.log4j:log4j-core", installed: "2.14.1", fixed: "2.15.0", severity: "CRITICAL", title: "log4j-core: remote code through a logged look-up (Log4Shell)", cwe: "CWE-502", score: 10, share: 0.25 },
  { id: "CVE-2023-38545", package: "libcurl4", installed: "7.88.1-10", fixed: "7.88.1-10+deb12u4", severity: "CRITICAL", title: "curl: heap overflow in the SOCKS5 handshake", cwe: "CWE-787", score: 9.8, share: 0.6 },
  { id: "CVE-2024-3094", package: "xz-utils", installed: "5.6.0", fixed: "5.6.1+really5.4.5-1", severity: "CRITICAL", title: "xz: malicious code in the distributed tarballs", cwe: "CWE-506", score: 10, share: 0.12 },
  { id: "CVE-2023-4911", package: "libc6", installed: "2.36-9", fixed: "2.36-9+deb12u3", severity: "HIGH", title: "glibc: buffer overflow in ld.so leads to root", cwe: "CWE-122", score: 7.8, share: 0.65 },
  { id: "CVE-2023-44487", package: "libnghttp2-14", installed: "1.52.0-1", fixed: "1.52.0-1+deb12u1", severity: "HIGH", title: "HTTP/2: many quickly cancelled requests exhaust a server", cwe: "CWE-400", score: 7.5, share: 0.7 },
  { id: "CVE-2022-37434", package: "zlib1g", installed: "1.2.11", fixed: "1.2.12", severity: "CRITICAL", title: "zlib: heap overflow by a large gzip header", cwe: "CWE-787", score: 9.8, share: 0.45 },
  { id: "CVE-2023-5363", package: "libssl3", installed: "3.0.7-1", fixed: "3.0.11-1~deb12u2", severity: "HIGH", title: "openssl: key and IV length processed wrongly", cwe: "CWE-684", score: 7.5, share: 0.7 },
  { id: "CVE-2022-3602", package: "libssl3", installed: "3.0.5-1", fixed: "3.0.7-1", severity: "HIGH", title: "openssl: four byte overflow in a certificate's e-mail address", cwe: "CWE-787", score: 7.5, share: 0.35 },
  { id: "CVE-2024-21626", package: "github.com/opencontainers/runc", installed: "v1.1.10", fixed: "1.1.12", severity: "HIGH", title: "runc: container escape by a leaked file descriptor", cwe: "CWE-403", score: 8.6, share: 0.3 },
  { id: "CVE-2023-39325", package: "golang.org/x/net", installed: "v0.15.0", fixed: "0.17.0", severity: "HIGH", title: "golang.org/x/net: rapid stream resets cause excessive work", cwe: "CWE-770", score: 7.5, share: 0.55 },
  { id: "CVE-2021-3918", package: "json-schema", installed: "0.2.3", fixed: "0.4.0", severity: "CRITICAL", title: "json-schema: prototype pollution", cwe: "CWE-1321", score: 9.8, share: 0.4 },
  { id: "CVE-2022-25883", package: "semver", installed: "7.3.7", fixed: "7.5.2", severity: "HIGH", title: "semver: slow regular expression on a long range", cwe: "CWE-1333", score: 7.5, share: 0.75 },
  { id: "CVE-2024-28849", package: "follow-redirects", installed: "1.15.5", fixed: "1.15.6", severity: "MEDIUM", title: "follow-redirects: credentials sent on to another host", cwe: "CWE-200", score: 6.5, share: 0.6 },
  { id: "CVE-2023-26136", package: "tough-cookie", installed: "4.0.0", fixed: "4.1.3", severity: "MEDIUM", title: "tough-cookie: prototype pollution in the cookie memory store", cwe: "CWE-1321", score: 6.5, share: 0.6 },
  { id: "CVE-2023-45853", package: "zlib1g", installed: "1:1.2.13", fixed: "", severity: "MEDIUM", title: "zlib: integer overflow in MiniZip", cwe: "CWE-190", score: 6.1, share: 0.7 },
  { id: "CVE-2023-7104", package: "libsqlite3-0", installed: "3.40.1-2", fixed: "", severity: "MEDIUM", title: "sqlite: heap over-read in the session extension", cwe: "CWE-119", score: 5.5, share: 0.55 },
  { id: "CVE-2024-0727", package: "libssl3", installed: "3.0.11-1", fixed: "3.0.13-1~deb12u1", severity: "MEDIUM", title: "openssl: a malformed PKCS12 file crashes the reader", cwe: "CWE-476", score: 5.5, share: 0.7 },
  { id: "CVE-2023-50495", package: "libncursesw6", installed: "6.4-4", fixed: "", severity: "MEDIUM", title: "ncurses: crash in the terminfo reader", cwe: "CWE-125", score: 6.5, share: 0.6 },
  { id: "CVE-2022-40897", package: "setuptools", installed: "58.1.0", fixed: "65.5.1", severity: "MEDIUM", title: "setuptools: slow regular expression in package_index", cwe: "CWE-1333", score: 5.9, share: 0.5 },
  { id: "CVE-2023-32681", package: "requests", installed: "2.28.1", fixed: "2.31.0", severity: "MEDIUM", title: "requests: proxy credentials sent to the destination", cwe: "CWE-200", score: 6.1, share: 0.5 },
  { id: "CVE-2024-22195", package: "Jinja2", installed: "3.1.2", fixed: "3.1.3", severity: "MEDIUM", title: "jinja2: attributes injected through xmlattr", cwe: "CWE-79", score: 6.1, share: 0.45 },
  { id: "CVE-2022-42969", package: "py", installed: "1.11.0", fixed: "", severity: "LOW", title: "py: slow regular expression over svn info", cwe: "CWE-1333", score: 3.7, share: 0.5 },
  { id: "CVE-2011-3374", package: "apt", installed: "2.6.1", fixed: "", severity: "LOW", title: "apt: key validation can be led astray in an old command", cwe: "CWE-347", score: 3.7, share: 0.85 },
  { id: "CVE-2022-0563", package: "util-linux", installed: "2.38.1-5", fixed: "", severity: "LOW", title: "util-linux: partial disclosure of files through chfn and chsh", cwe: "CWE-209", score: 5.5, share: 0.85 },
  { id: "CVE-2017-18018", package: "coreutils", installed: "9.1-1", fixed: "", severity: "LOW", title: "coreutils: race in chown and chgrp", cwe: "CWE-362", score: 4.7, share: 0.85 },
  { id: "CVE-2013-4392", package: "libsystemd0", installed: "252.22-1", fixed: "", severity: "LOW", title: "systemd: race while file permissions are updated", cwe: "CWE-59", score: 3.3, share: 0.85 },
  { id: "CVE-2010-4756", package: "libc-bin", installed: "2.36-9", fixed: "", severity: "LOW", title: "glibc: glob expressions use up processor time", cwe: "CWE-399", score: 4.0, share: 0.85 },
  { id: "CVE-2019-9192", package: "libc-bin", installed: "2.36-9", fixed: "", severity: "LOW", title: "glibc: uncontrolled recursion in a regular expression", cwe: "CWE-674", score: 5.0, share: 0.8 },
  { id: "CVE-2005-2541", package: "tar", installed: "1.34+dfsg-1", fixed: "", severity: "LOW", title: "tar: no warning when setuid files are unpacked", cwe: "CWE-732", score: 3.1, share: 0.85 },
];

export const IMAGES = {
  production: ["shop-web:4.2.0", "checkout:3.9.1", "search:2.1.7", "shop-worker:4.2.0", "pay-api:1.14.3", "pay-ledger:1.9.0", "login:5.0.2", "etl:0.31.0", "reports:2.2.4", "proxy:1.25.3", "chat-bot:0.9.4", "gateway:2.7.0"].map((name) => `acme/${name}`),
  staging: ["shop-web:4.3.0-rc1", "checkout:4.0.0-rc2", "pay-api:1.15.0-rc1", "login:5.1.0-rc3"].map((name) => `acme/${name}`),
} as const;
