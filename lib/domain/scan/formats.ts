/** Report formats as screens offer them; a test holds the list equal to the importers'. */
export const REPORT_FORMATS = [
  { format: "grype", label: "Grype JSON" },
  { format: "nessus", label: "Nessus v2" },
  { format: "nmap", label: "Nmap XML" },
  { format: "sarif", label: "SARIF 2.1.0" },
  { format: "trivy", label: "Trivy JSON" },
  { format: "zap", label: "ZAP XML, JSON" },
] as const;
