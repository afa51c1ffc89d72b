import type { Response } from "@/lib/domain/finding/words";

export const MODULE_KEYS = ["alerts", "vulnerabilities", "ports", "web", "tls", "secrets", "brand", "darkweb"] as const;
export type ModuleKey = (typeof MODULE_KEYS)[number];

/** Every word that a module says of a finding on top of the four responses; no two modules share one. */
export const MODULE_STATES = ["live", "offline", "online", "requested", "taken_down", "relevant", "not_relevant"] as const;
export type ModuleState = (typeof MODULE_STATES)[number];

export type StateValue = { readonly value: ModuleState; readonly label: string; readonly means: string };

/** A second answer that people give in one module alone. It never replaces the response; until somebody gives it, `unsaid` is what is shown. */
export type OwnState = { readonly label: string; readonly ask: string; readonly values: readonly StateValue[]; readonly unsaid: { readonly label: string; readonly means: string } };

export type Module = {
  readonly label: string;
  /** In one sentence what it is. */
  readonly what: string;
  /** The filter that it is a view of, in the filter language; empty: everything. One with a state of its own asks for nothing but finding types. */
  readonly filter: string;
  /** Other names for responses. The response underneath stays what it is. */
  readonly responses?: Partial<Readonly<Record<Response, string>>>;
  readonly state?: OwnState;
};

/** The modules, in the order in which they are offered. One row makes a module: the switch, the address, the filter `module:`, labels, badges and help read it here; its prose is help.ts, which no screen of the queue loads. */
export const MODULES = {
  alerts: {
    label: "Alerts",
    what: "Every finding of the environment, whatever found it.",
    filter: "",
  },
  vulnerabilities: {
    label: "Vulnerabilities",
    what: "Findings that name a CVE: known flaws in software that somebody else makes.",
    filter: "cve:*",
  },
  ports: {
    label: "Open Ports",
    what: "Services that answer on the network, as port scanners and service detection see them.",
    filter: 'category:"Open port*","Port scan*","Service detection",network OR rule:"Open port*","Service detection*"',
    responses: { accepted_risk: "Reviewed" },
  },
  web: {
    label: "Web Applications",
    what: "What scanners of sites and their interfaces find in what the application answers.",
    filter: 'detector:zap,burp,nikto,nikto-csv,wapiti,wpscan,nessus-was,qualys-was OR category:http,Web*,web*,CGI*,"Cross-site*" OR rule:"HTTP *","*web server*"',
    responses: { accepted_risk: "Reviewed" },
  },
  tls: {
    label: "SSL/TLS",
    what: "Certificates, protocol versions and ciphers of encrypted services.",
    filter: 'category:TLS*,SSL*,tls*,ssl* OR detector:testssl,sslscan,sslyze OR rule:"SSL *","TLS *","SSL/TLS*"',
  },
  secrets: {
    label: "Secrets & leaked keys",
    what: "Keys, tokens and passwords that lie where others can read them.",
    filter: 'category:Secret*,secret*,"Leaked API*","Leaked key*","Leaked token*",gitleaks',
    state: {
      label: "Key",
      ask: "Does the key still work?",
      values: [
        { value: "live", label: "Live", means: "Somebody tried it: the key still opens something." },
        { value: "offline", label: "Offline", means: "Revoked, rotated or run out: it opens nothing any more." },
      ],
      unsaid: { label: "Not checked", means: "Nobody has said whether it works." },
    },
  },
  brand: {
    label: "Brand & exposure",
    what: "Phishing sites, look-alike domains and open storage: what others put up in your name, or what of yours stands open.",
    filter: 'category:Phishing*,phishing*,"Domain squat*","domain squat*",Typosquat*,typosquat*,"S3 bucket*","S3 Bucket*","Public bucket*","Open bucket*",Brand*,brand*,Impersonat*',
    state: {
      label: "Takedown",
      ask: "How far is the takedown?",
      values: [
        { value: "online", label: "Online", means: "It can be reached, and nobody was asked to take it down." },
        { value: "requested", label: "Takedown requested", means: "A host, a registrar or a provider was asked to take it down." },
        { value: "taken_down", label: "Taken down", means: "It is gone. A scan that still sees it contradicts this." },
      ],
      unsaid: { label: "No takedown yet", means: "Nobody has looked whether it is to be taken down." },
    },
  },
  darkweb: {
    label: "Dark web",
    what: "Data breaches, stolen cards and credentials that are offered or published elsewhere.",
    filter: 'category:"Data breach*","data breach*","Data Breach*","Dark web*","dark web*","Dark Web*","Credit card*","Credit Card*","credit card*","Leaked credential*","leaked credential*",Breach*',
    state: {
      label: "Relevance",
      ask: "Is it about us?",
      values: [
        { value: "relevant", label: "Relevant", means: "It is about this organisation, its people or its customers." },
        { value: "not_relevant", label: "Not relevant", means: "It is somebody else's, or too old to matter." },
      ],
      unsaid: { label: "Relevance not said", means: "Nobody has judged whether it concerns you." },
    },
  },
} as const satisfies Record<ModuleKey, Module>;

/** The row of a module. */
export function moduleNamed(key: ModuleKey): Module {
  return MODULES[key];
}

/** Is this the key of one? For text that comes from outside. */
export function isModule(key: string): key is ModuleKey {
  return MODULE_KEYS.some((each) => each === key);
}

export type StatefulModule = Module & { readonly key: ModuleKey; readonly state: OwnState };

/** The modules that say something of their own, in order. */
export const STATEFUL: readonly StatefulModule[] = MODULE_KEYS.flatMap((key) => {
  const row = moduleNamed(key);
  return row.state ? [{ ...row, key, state: row.state }] : [];
});

/** The module and the row of a state; null: there is no such state. */
export function stateNamed(value: string): { module: StatefulModule; state: StateValue } | null {
  for (const owner of STATEFUL) {
    const state = owner.state.values.find((each) => each.value === value);
    if (state) return { module: owner, state };
  }
  return null;
}
