/**
 * A node of the tree of paths that a format wants cut out of its JSON. `keep` false: stepped over, parsed later.
 * `loose`: a value of another kind than the path says is passed over instead of being refused.
 */
export type PathNode = {
  path: string;
  cut: boolean;
  keep: boolean;
  loose: boolean;
  keys: Map<string, PathNode>;
  each: PathNode | null;
  /** Members whatever they are called, but those that `keys` names. */
  any: PathNode | null;
};

const node = (path: string): PathNode => ({ path, cut: false, keep: true, loose: false, keys: new Map(), each: null, any: null });

/**
 * Turns paths such as `runs[].results[]` or `runs[].tool.driver.name` into one tree.
 * `[]` is every element of an array; a path that starts with it means that the root is an array. `key?[]` is loose.
 * `advisories.*` is every member of an object, whatever its name; a member that is named beside the star is not the star's.
 * What `skip` names is stepped over whole, unparsed: another pass will read it.
 */
export function pathTree(wanted: readonly string[], skip: readonly string[] = []): PathNode {
  const root = node("");
  for (const path of wanted) leaf(root, path).cut = true;
  for (const path of skip) Object.assign(leaf(root, path), { cut: true, keep: false });
  return root;
}

function leaf(root: PathNode, path: string): PathNode {
  let at = root;
  for (const step of path.replaceAll("[]", ".[]").split(".")) {
    if (step !== "") at = step === "[]" ? element(at) : step === "*" ? anyMember(at) : member(at, step);
  }
  return at;
}

function anyMember(parent: PathNode): PathNode {
  parent.any ??= node(parent.path === "" ? "*" : `${parent.path}.*`);
  return parent.any;
}

function element(parent: PathNode): PathNode {
  parent.each ??= node(`${parent.path}[]`);
  return parent.each;
}

function member(parent: PathNode, step: string): PathNode {
  const key = step.replace(/\?$/, "");
  const known = parent.keys.get(key);
  if (known) return known;
  const fresh = node(parent.path === "" ? key : `${parent.path}.${key}`);
  fresh.loose = key !== step;
  parent.keys.set(key, fresh);
  return fresh;
}
