import type { VexStatement } from "./staged";

/** What must be equal for the n-th statement to meet a finding, in lower case; what is empty is not asked for. */
export type Subject = { n: number; package: string; version: string; asset: string };

type Named = { name: string; version: string | null };

const lastOf = (name: string): string => name.slice(name.lastIndexOf("/") + 1);

/** Names are compared without regard to case, versions as they are written but for a leading v. */
const packageKey = ({ name, version }: Named) => ({ package: name.toLowerCase(), version: version?.replace(/^v(?=\d)/i, "") ?? "" });

/** Under which names an asset may stand that is this product: its own and the last segment of its path; one with a tag only in this version, or in any (`shop:*`). */
function assetKeys({ name, version }: Named): string[] {
  const own = name.toLowerCase();
  const names = [...new Set([own, lastOf(own)])];
  return [...names, ...(version === null ? [`${lastOf(own)}:*`] : names.map((one) => `${one}:${version.toLowerCase()}`))];
}

/**
 * What each statement is about: a package in any or one version; a product that is an asset; packages inside a product that is an
 * asset. Where nothing is named, or the whole document is about one product, that is the asset which the sender named.
 */
export function* subjectsOf(statements: readonly VexStatement[], asset: string | null): Generator<Subject> {
  const products = new Set(statements.flatMap(({ about }) => about.map(({ name }) => name.toLowerCase())));
  const given = asset === null ? [] : [asset.toLowerCase()];
  for (const [n, { about }] of statements.entries()) {
    if (about.length === 0) yield* given.map((key) => ({ n, package: "", version: "", asset: key }));
    for (const product of about) {
      const keys = products.size === 1 ? [...assetKeys(product), ...given] : assetKeys(product);
      yield { n, ...packageKey(product), asset: "" };
      if (product.parts.length === 0) yield* keys.map((key) => ({ n, package: "", version: "", asset: key }));
      for (const part of product.parts) yield* keys.map((key) => ({ n, ...packageKey(part), asset: key }));
    }
  }
}
