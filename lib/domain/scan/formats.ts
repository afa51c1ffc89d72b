/** Report formats as screens offer them; a test holds the list equal to the importers'. */
export const REPORT_FORMATS = [
  { format: "burp", label: "Burp XML, JSON, HTML" },
  { format: "csaf", label: "CSAF 2.0, VEX and advisories" },
  { format: "cyclonedx", label: "CycloneDX JSON, XML" },
  { format: "dependency-check", label: "OWASP Dependency-Check XML, JSON" },
  { format: "generic-csv", label: "CSV of your own (columns mapped)" },
  { format: "generic-json", label: "JSON of your own (values mapped)" },
  { format: "github-dependabot", label: "GitHub Dependabot alerts" },
  { format: "grype", label: "Grype JSON" },
  { format: "nessus", label: "Nessus v2" },
  { format: "nessus-csv", label: "Nessus CSV (Nessus, Tenable)" },
  { format: "nikto", label: "Nikto XML, JSON" },
  { format: "nmap", label: "Nmap XML" },
  { format: "npm-audit", label: "npm audit JSON" },
  { format: "nuclei", label: "Nuclei JSON" },
  { format: "openvas", label: "OpenVAS XML (Greenbone)" },
  { format: "openvas-csv", label: "OpenVAS CSV (Greenbone)" },
  { format: "openvex", label: "OpenVEX" },
  { format: "osv-scanner", label: "OSV-Scanner JSON, OSV advisory" },
  { format: "qualys", label: "Qualys XML" },
  { format: "qualys-csv", label: "Qualys CSV (VMDR)" },
  { format: "retire", label: "retire.js JSON" },
  { format: "sarif", label: "SARIF 2.1.0" },
  { format: "snyk", label: "Snyk JSON" },
  { format: "sslscan", label: "sslscan XML" },
  { format: "sslyze", label: "SSLyze JSON, XML" },
  { format: "testssl", label: "testssl CSV, JSON" },
  { format: "trivy", label: "Trivy JSON" },
  { format: "wapiti", label: "Wapiti XML, JSON" },
  { format: "wazuh", label: "Wazuh JSON, JSON Lines" },
  { format: "wpscan", label: "WPScan JSON" },
  { format: "zap", label: "ZAP XML, JSON" },
] as const;

/** What people call a format; its own name where it is none of the list. */
export function formatLabel(format: string): string {
  return REPORT_FORMATS.find((one) => one.format === format)?.label ?? format;
}
