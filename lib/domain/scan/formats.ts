/** Report formats as screens offer them; a test holds the list equal to the importers'. */
export const REPORT_FORMATS = [
  { format: "grype", label: "Grype JSON" },
  { format: "nessus", label: "Nessus v2" },
  { format: "nessus-csv", label: "Nessus CSV (Nessus, Tenable)" },
  { format: "nikto", label: "Nikto XML, JSON" },
  { format: "nmap", label: "Nmap XML" },
  { format: "npm-audit", label: "npm audit JSON" },
  { format: "nuclei", label: "Nuclei JSON" },
  { format: "osv-scanner", label: "OSV-Scanner JSON, OSV advisory" },
  { format: "sarif", label: "SARIF 2.1.0" },
  { format: "snyk", label: "Snyk JSON" },
  { format: "trivy", label: "Trivy JSON" },
  { format: "wapiti", label: "Wapiti XML, JSON" },
  { format: "wpscan", label: "WPScan JSON" },
  { format: "zap", label: "ZAP XML, JSON" },
] as const;
