import { rowsOf } from "../asked";

export const dynamic = "force-dynamic";

const COLUMNS = ["number", "calibrated", "title", "asset", "location", "scanner_status", "governance_status", "assignee_name", "epss", "detector"] as const;

/** A table of rows, and nothing else. */
export default async function Table() {
  const rows = await rowsOf();
  return (
    <table>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            {COLUMNS.map((column) => (
              <td key={column}>{String(row[column] ?? "")}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
