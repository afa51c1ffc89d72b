import { line } from "./plain-text";

/** `https://token@github.com/a/b.git` and `git@github.com:a/b` → `github.com/a/b`: one name, and no secret in it. */
export function repositoryName(uri: string): string | null {
  const plain = line(uri, 300).replace(/^[a-z+]+:\/\//i, "").replace(/^[^@/]*@/, "").replace(/[?#].*$/, "");
  const name = plain.replace(/^([^:/]+):(?!\d+\/)/, "$1/").replace(/\.git\/?$/, "").replace(/\/+$/, "");
  return name === "" ? null : name;
}

/** `owner/name` → `github.com/owner/name`, as every report names the repository: what two of GitHub's lists say of it is said of one asset. */
export const onGithub = (name: string | null): string | null => (name === null || name === "" ? null : line(name.split("/").length > 2 ? name : `github.com/${name}`, 300));
