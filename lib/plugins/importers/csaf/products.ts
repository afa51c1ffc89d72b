import { fieldsAt, listAt, stringAt } from "../reading/fields";

/** Number of a product in the document → its package URL, else its name. */
export type Products = ReadonlyMap<string, string>;

/** Lists of a product tree are read to this many entries in all. */
const MOST = 200_000;

/** Products that stand in branches, in the flat list, and those that are another one as part of a third (CSAF 2.0, 3.2.2). */
export function productNames(tree: unknown): Products {
  const names = new Map<string, string>();
  const left: unknown[] = [...listAt(tree, "branches", MOST)];
  for (const product of listAt(tree, "full_product_names", MOST)) put(names, product);
  for (let seen = 0; left.length > 0 && seen < MOST; seen++) {
    const branch = left.pop();
    put(names, fieldsAt(branch, "product"));
    for (const below of listAt(branch, "branches", MOST)) left.push(below);
  }
  for (const relation of listAt(tree, "relationships", MOST)) {
    const whole = fieldsAt(relation, "full_product_name");
    const part = names.get(stringAt(relation, "product_reference") ?? "");
    const id = stringAt(whole, "product_id");
    // `openssl as a component of Enterprise Linux`: the weakness lies in the component.
    if (id !== null) names.set(id, purlOf(whole) ?? (part?.startsWith("pkg:") ? part : (stringAt(whole, "name") ?? part ?? id)));
  }
  return names;
}

function put(names: Map<string, string>, product: unknown): void {
  const id = stringAt(product, "product_id");
  const name = purlOf(product) ?? stringAt(product, "name");
  if (id !== null && name !== null) names.set(id, name);
}

const purlOf = (product: unknown): string | null => stringAt(fieldsAt(product, "product_identification_helper"), "purl");
