import type { Importer } from "./contract";
import { bandit } from "./bandit";
import { burp } from "./burp";
import { checkov } from "./checkov";
import { csaf } from "./csaf";
import { cyclonedx } from "./cyclonedx";
import { dependencyCheck } from "./dependency-check";
import { detectSecrets } from "./detect-secrets";
import { genericCsv } from "./generic-csv";
import { genericJson } from "./generic-json";
import { githubCodeScanning } from "./github-code-scanning";
import { githubDependabot } from "./github-dependabot";
import { githubSecretScanning } from "./github-secret-scanning";
import { gitleaks } from "./gitleaks";
import { gosec } from "./gosec";
import { grype } from "./grype";
import { nessus } from "./nessus";
import { nessusCsv } from "./nessus-csv";
import { nikto } from "./nikto";
import { niktoCsv } from "./nikto-csv";
import { nmap } from "./nmap";
import { npmAudit } from "./npm-audit";
import { nuclei } from "./nuclei";
import { openvas } from "./openvas";
import { openvasCsv } from "./openvas-csv";
import { openvex } from "./openvex";
import { osvScanner } from "./osv-scanner";
import { qualys } from "./qualys";
import { qualysCsv } from "./qualys-csv";
import { qualysWas } from "./qualys-was";
import { retire } from "./retire";
import { sarif } from "./sarif";
import { semgrep } from "./semgrep";
import { snyk } from "./snyk";
import { sslscan } from "./sslscan";
import { sslyze } from "./sslyze";
import { testssl } from "./testssl";
import { trivy } from "./trivy";
import { trufflehog } from "./trufflehog";
import { wapiti } from "./wapiti";
import { wazuh } from "./wazuh";
import { wpscan } from "./wpscan";
import { yarnAudit } from "./yarn-audit";
import { zap } from "./zap";

/** Every report format there is: a line each, in the order of the alphabet. A test compares it with the folder. */
export const IMPORTERS: readonly Importer[] = [
  bandit,
  burp,
  checkov,
  csaf,
  cyclonedx,
  dependencyCheck,
  detectSecrets,
  genericCsv,
  genericJson,
  githubCodeScanning,
  githubDependabot,
  githubSecretScanning,
  gitleaks,
  gosec,
  grype,
  nessus,
  nessusCsv,
  nikto,
  niktoCsv,
  nmap,
  npmAudit,
  nuclei,
  openvas,
  openvasCsv,
  openvex,
  osvScanner,
  qualys,
  qualysCsv,
  qualysWas,
  retire,
  sarif,
  semgrep,
  snyk,
  sslscan,
  sslyze,
  testssl,
  trivy,
  trufflehog,
  wapiti,
  wazuh,
  wpscan,
  yarnAudit,
  zap,
];
