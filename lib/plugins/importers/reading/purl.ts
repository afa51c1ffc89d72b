import { PackageURL } from "packageurl-js";

/** A package as its ecosystem names it, so that two detectors that mean the same one say the same name. */
export type Package = { type: string; name: string; version: string | null };

/** Longer ones are no package URLs, and would only cost time. */
const LONGEST = 2_000;

/** What a purl type's names are made of; the others join namespace and name with a slash. */
const NAMES: Readonly<Record<string, (namespace: string, name: string) => string>> = {
  maven: (group, artifact) => (group === "" ? artifact.replace("/", ":") : `${group}:${artifact}`),
  pypi: (_, name) => name.toLowerCase().replaceAll(/[-_.]+/g, "-"),
  composer: (vendor, name) => joined(vendor, name).toLowerCase(),
  golang: (path, name) => joined(path, name).toLowerCase(),
  deb: (_, name) => bare(name),
  apk: (_, name) => bare(name),
  rpm: (_, name) => bare(name),
  alpm: (_, name) => bare(name),
  generic: (_, name) => name,
};

const joined = (namespace: string, name: string): string => (namespace === "" ? name : `${namespace}/${name}`);

/** Snyk names a package of a distribution with its source: `openssl/libssl3`. */
const bare = (name: string): string => name.slice(name.lastIndexOf("/") + 1).toLowerCase();

/** What scanners call an ecosystem, in lower case → type of the package URL. */
const TYPES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    npm: "npm yarn pnpm bun node-pkg javascript node nodejs",
    maven: "maven gradle gradle-lockfile sbt sbt-lockfile jar pom java-archive java jenkins-plugin",
    pypi: "pypi pip pipenv poetry uv python python-pkg conda-pkg pylock",
    golang: "golang go gomod gobinary gomodules golangdep govendor go-module",
    composer: "composer packagist php-composer composer-vendor php-composer-installed",
    gem: "gem rubygems bundler gemspec",
    nuget: "nuget dotnet dotnet-core dotnet-deps packages-props paket msbuild",
    cargo: "cargo crates.io rust rust-crate rustbinary rust-binary",
    hex: "hex erlang mix hex.pm",
    pub: "pub dart dart-pub",
    swift: "swift swifturl swiftpm",
    cocoapods: "cocoapods pod cocoapod",
    conan: "conan conancenter c/c++",
    githubactions: "actions github-action github-actions githubactions github-action-workflow",
    deb: "deb debian ubuntu dpkg",
    apk: "apk alpine wolfi chainguard minimos",
    rpm: "rpm redhat rhel centos fedora amazon oracle photon suse opensuse rocky alma almalinux mariner azurelinux",
    alpm: "alpm arch archlinux pacman",
  }).flatMap(([type, words]) => words.split(" ").map((word) => [word, type] as const)),
);

/** `pkg:npm/%40scope/name@1.0.0`; null for what is no package URL. */
export function packageOfPurl(purl: string | null | undefined): Package | null {
  if (!purl?.startsWith("pkg:") || purl.length > LONGEST) return null;
  const [whole = ""] = purl.split(/[?#]/, 1);
  const at = whole.indexOf("@", whole.lastIndexOf("/") + 1);
  const version = at < 0 ? null : decoded(whole.slice(at + 1));
  try {
    // The version is read apart: the library refuses versions of its own idea of some ecosystems, and with them the name.
    const { type = "", namespace, name } = PackageURL.fromString(at < 0 ? whole : whole.slice(0, at));
    return type === "" || !name || /\p{Cc}/u.test(name) ? null : { type, name: named(type, namespace ?? "", name), version };
  } catch {
    return null;
  }
}

/**
 * The name of a package that a report gives without a package URL: `group/artifact` and `group:artifact` agree,
 * as do `Zope.Interface` and `zope-interface` of PyPI. An ecosystem that is not known leaves the name as it is.
 */
export function packageNamed(ecosystem: string | null | undefined, name: string): string {
  const word = (ecosystem ?? "").toLowerCase().split(":", 1)[0] ?? "";
  const type = TYPES.get(word) ?? TYPES.get(word.split(/[ -]/, 1)[0] ?? "");
  return type === undefined ? name : named(type, "", name);
}

const named = (type: string, namespace: string, name: string): string =>
  Object.hasOwn(NAMES, type) ? (NAMES[type]?.(namespace, name) ?? name) : joined(namespace, name);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
