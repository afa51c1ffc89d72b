/**
 * Where our count of a real report is another one than its index gives: `results` as they stand in the report, `findings` after results that
 * cannot be told apart were folded. The reasons are the definition of what one finding is.
 */
export const DIFFERENCES: Readonly<Record<string, { results: number; findings: number; why: string }>> = {
  "nessus/tenable__nessus_many_vuln.xml": { results: 7, findings: 7, why: "one check on two ports is two findings; the index counts checks" },
  "sarif-official/Baseline.sarif": { results: 3, findings: 3, why: "a result that the baseline calls absent is not seen any more: no observation" },
  "trivy/trivy_operator__cis_benchmark.json": {
    results: 795,
    findings: 511,
    why: "one failed check on one workload is one finding, though several controls ask for it, and every rollout's replica set repeats it",
  },
  "zap/dvwa_baseline_dojo.xml": { results: 19, findings: 18, why: "one alert of one site is one finding, also where ZAP lists it twice with another confidence" },
  "grype/check_all_fields.json": { results: 6, findings: 5, why: "one advisory for two installed versions of a package in one place is one finding" },
  "npm-audit/npm_audit__multiple_cwes.json": { results: 41, findings: 40, why: "one advisory that is listed once for each range of versions is one finding of its package" },
  "wapiti/demo.xml": { results: 8, findings: 3, why: "the same request told several times is one finding; the index counts what is left" },
  "wpscan/wordpress_many_vuln.json": { results: 10, findings: 9, why: "one advisory in a plugin and in the theme is two findings; the index counts advisories" },
  "snyk/snyk_code__single_project_many_vulns.json": { results: 206, findings: 204, why: "two results of one rule on the same line with the same fingerprint of the tool are one finding" },
  "bandit/dd.json": { results: 47, findings: 45, why: "one check on the same line of code, written twice in a file, is one finding" },
  "bandit/many_vulns.json": { results: 214, findings: 180, why: "one check on the same line of code, written several times in a file, is one finding" },
  "gosec/many_vulns.json": { results: 28, findings: 24, why: "one check on the same line of code, written several times in a file, is one finding" },
  "semgrep/semgrep__many_vulns.json": { results: 48, findings: 47, why: "one check on the same line of code, written twice in a file, is one finding" },
  "retirejs/latest.json": { results: 26, findings: 23, why: "two entries of the tool's list with one CVE for one library in one file are one finding" },
  "sslscan/sslscan_one_vuln.xml": { results: 2, findings: 2, why: "a certificate that has expired is a finding; the index does not count it" },
  "sslyze/report_one_target_one_vuln.xml": { results: 2, findings: 2, why: "a certificate that no client trusts is a finding; the index does not count it" },
  "testssl/overall_critical.csv": {
    results: 157,
    findings: 157,
    why: "of 198 rows 41 say `OK` and are none, the other 157 are findings, the 99 that only inform among them; the index gives 145 without saying which",
  },
  "generic/generic_report3.csv": { results: 0, findings: 0, why: "both rows say of themselves that they are mitigated: nothing is found" },
  "generic/generic_report3.json": { results: 2, findings: 2, why: "two of the four say of themselves that they are mitigated: nothing is found" },
  "burp/burp_suite_dast__many_vulns.html": { results: 29, findings: 14, why: "one kind of issue at two paths is two findings; the index counts kinds" },
};

/** Refused, with what the refusal must name. */
export const REFUSED: Readonly<Record<string, string>> = {
  "sarif-codeql-action/invalid-sarif.sarif": "A list was expected here (runs[0].results, line 14)",
};
