import type { Importer } from "./contract";
import { burp } from "./burp";
import { csaf } from "./csaf";
import { cyclonedx } from "./cyclonedx";
import { dependencyCheck } from "./dependency-check";
import { genericCsv } from "./generic-csv";
import { genericJson } from "./generic-json";
import { githubDependabot } from "./github-dependabot";
import { grype } from "./grype";
import { nessus } from "./nessus";
import { nessusCsv } from "./nessus-csv";
import { nikto } from "./nikto";
import { nmap } from "./nmap";
import { npmAudit } from "./npm-audit";
import { nuclei } from "./nuclei";
import { openvas } from "./openvas";
import { openvasCsv } from "./openvas-csv";
import { openvex } from "./openvex";
import { osvScanner } from "./osv-scanner";
import { qualys } from "./qualys";
import { qualysCsv } from "./qualys-csv";
import { retire } from "./retire";
import { sarif } from "./sarif";
import { snyk } from "./snyk";
import { sslscan } from "./sslscan";
import { sslyze } from "./sslyze";
import { testssl } from "./testssl";
import { trivy } from "./trivy";
import { wapiti } from "./wapiti";
import { wazuh } from "./wazuh";
import { wpscan } from "./wpscan";
import { zap } from "./zap";

/** Every report format there is: a line each, in the order of the alphabet. A test compares it with the folder. */
export const IMPORTERS: readonly Importer[] = [
  burp,
  csaf,
  cyclonedx,
  dependencyCheck,
  genericCsv,
  genericJson,
  githubDependabot,
  grype,
  nessus,
  nessusCsv,
  nikto,
  nmap,
  npmAudit,
  nuclei,
  openvas,
  openvasCsv,
  openvex,
  osvScanner,
  qualys,
  qualysCsv,
  retire,
  sarif,
  snyk,
  sslscan,
  sslyze,
  testssl,
  trivy,
  wapiti,
  wazuh,
  wpscan,
  zap,
];
