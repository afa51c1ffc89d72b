import { describe, expect, it } from "vitest";
import { packageNamed, packageOfPurl } from "./purl";

describe("the name of a package", () => {
  it.each([
    ["pkg:npm/%40babel/core@7.0.0", "@babel/core", "7.0.0", "npm", "@babel/core"],
    ["pkg:npm/@babel/core@7.0.0?vcs_url=x", "@babel/core", "7.0.0", "node-pkg", "@babel/core"],
    ["pkg:maven/org.apache/log4j@1.2?type=jar", "org.apache:log4j", "1.2", "java-archive", "org.apache:log4j"],
    ["pkg:maven/org.apache/log4j", "org.apache:log4j", null, "Maven", "org.apache/log4j"],
    ["pkg:pypi/Zope.Interface@5", "zope-interface", "5", "pip", "zope_interface"],
    ["pkg:golang/github.com/Foo/Bar@v1.2#sub", "github.com/foo/bar", "v1.2", "gomodules", "github.com/foo/bar"],
    ["pkg:deb/debian/libssl1.1@1.1.1%2Bdeb?arch=amd64", "libssl1.1", "1.1.1+deb", "Debian:11", "openssl/libssl1.1"],
    ["pkg:rpm/redhat/openssl@3?epoch=1", "openssl", "3", "Red Hat", "openssl"],
    ["pkg:composer/guzzlehttp/Guzzle@6", "guzzlehttp/guzzle", "6", "Packagist", "guzzlehttp/guzzle"],
    ["pkg:nuget/Newtonsoft.Json@1", "Newtonsoft.Json", "1", "NuGet", "Newtonsoft.Json"],
  ])("is the same in %s and beside its ecosystem", (purl, name, version, ecosystem, given) => {
    expect(packageOfPurl(purl)).toMatchObject({ name, version });
    expect(packageNamed(ecosystem, given)).toBe(name);
  });

  it.each(["", "x", "pkg:", "pkg:npm", "pkg:npm/a%zz", "pkg:maven/log4j@1.2", `pkg:npm/${"a".repeat(5_000)}`, "cpe:/a:b:c", null])("is not read out of %.30s", (purl) => {
    expect(packageOfPurl(purl)).toBeNull();
  });

  it("stays as it is when nobody knows the ecosystem", () => {
    expect(packageNamed("constructor", "A_b/C")).toBe("A_b/C");
    expect(packageNamed(null, "A_b")).toBe("A_b");
    expect(packageOfPurl("pkg:__proto__/a/b@1")?.name ?? "refused").toBe("refused");
    expect(packageOfPurl("pkg:constructor/a/b@1")?.name).toBe("a/b");
  });
});
