import { sql, type Sql } from "@/lib/db/client";

/**
 * The files that the tool could not read, beside the look, as import_unread. A look with such files covers its assets as far
 * as it read them: finding by finding, like one that lists its checks.
 */
export const unreadFiles: readonly Sql[] = [
  sql`CREATE TEMP TABLE import_unread ON COMMIT DROP AS
    SELECT DISTINCT position, rtrim(path, '/') AS path FROM import_look, unnest(unread) AS given(path) WHERE unread <> '{}'`,
  sql`ANALYZE import_unread`,
];

/**
 * The files that a location may stand for: `a/b.py:12` and `a/b.tf:3 (resource)` are in a/b, `openssl 3.0 (usr/lib/x.jar)` is in the
 * jar. The folder is one of them: a tool that compiles packages reads the files of a folder or none of them.
 */
function filesOf(location: Sql): Sql[] {
  const file = sql`regexp_replace(${location}, ':[0-9]+$', '')`;
  return [file, sql`regexp_replace(${file}, '/[^/]*$', '')`, sql`regexp_replace(${location}, '(:[0-9]+)? [(].*$', '')`, sql`substring(${location} from ' [(](.*)[)]$')`];
}

/** Is this location of scope `i` in a file that the tool could not read? What stands there is refreshed when it is seen, and never closed. */
export function unreadAt(location: Sql): Sql {
  const [file, folder, named, inside] = filesOf(location).map((path) => sql`(i.position, ${path}) IN (SELECT position, path FROM import_unread)`);
  return sql`(i.has_unread AND (coalesce(${file}, false) OR coalesce(${folder}, false) OR coalesce(${named}, false) OR coalesce(${inside}, false)))`;
}

/** The same for a list of files that was kept with a scan. */
export function isAmong(location: Sql, unread: Sql): Sql {
  return sql`(${unread} && ARRAY[${filesOf(location)[0]}, ${filesOf(location)[1]}, ${filesOf(location)[2]}, ${filesOf(location)[3]}]::text[])`;
}
