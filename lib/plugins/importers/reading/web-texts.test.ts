import { describe, expect, it } from "vitest";
import { effort } from "@/lib/testing/effort";
import { addressesIn, textOfHtml } from "./html-text";
import { instantOf } from "./instants";
import { stablePath, webPlace } from "./web-place";

describe("prose written in HTML", () => {
  it.each([
    ["<p>One &amp; <b>two</b></p><ul><li>a</li><li class='x'>b</li></ul>", "One & two\n\n- a\n- b"],
    ["a &lt;script&gt; &#60;b&#x3e; &unknown; &#0;", "a <script> <b> &unknown; &#0;"],
    ["<script>alert(1)</script><img src=x onerror=y>", "<script>alert(1)</script><img src=x onerror=y>"],
    ["a < b and c > d", "a < b and c > d"],
  ])("%j is the text %j", (html, text) => {
    expect(textOfHtml(html)).toBe(text);
  });

  it("is not slow where tags never end", () => {
    const spent = effort();
    for (const part of ["<p ", "<", "&#", "<li <", "http://"]) {
      textOfHtml(part.repeat(100_000));
      addressesIn(part.repeat(50_000));
    }
    expect(spent()).toBeLessThan(2_000);
  });

  it("gives the addresses of its links, also of those that nothing parts", () => {
    expect(addressesIn('<a href="https://a.example/?x=1&amp;y=2">a</a>, http://b.example/c.http://d.example/')).toEqual(["https://a.example/?x=1&y=2", "http://b.example/c", "http://d.example/"]);
  });
});

describe("a place on the web", () => {
  it("keeps what stays between two scans", () => {
    expect(webPlace("HTTPS://Shop.Example.com:443/a?b=1&a=2&b=3#c")).toEqual({ origin: "https://shop.example.com", host: "shop.example.com", port: 443, path: "/a?a&b" });
    expect([stablePath("/a?b=1&a=2#c"), stablePath("https://x.example/a?b=1"), stablePath("no path"), stablePath(null)]).toEqual(["/a?a&b", "/a?b", "no path", ""]);
    expect([webPlace("javascript:alert(1)"), webPlace("//x"), webPlace("https://"), webPlace(null)]).toEqual([null, null, null, null]);
  });
});

describe("an instant", () => {
  it.each([
    ["2024-05-02T10:20:30.123456789+02:00", "2024-05-02T08:20:30.000Z"],
    ["2024-05-02 10:20", "2024-05-02T10:20:00.000Z"],
    ["Thu, 2 May 2024 10:20:30 -0500", "2024-05-02T15:20:30.000Z"],
    ["Do., 2 May. 2024 10:20:30", "2024-05-02T10:20:30.000Z"],
    ["Thu May  2 10:20:30 CEST 2024", "2024-05-02T08:20:30.000Z"],
    ["Mar 13 11:59:45 2018 GMT", "2018-03-13T11:59:45.000Z"],
    ["Thu May  2 10:20:30 IST 2024", undefined],
    ["Wed Dec 31 19:00:00 1969", undefined],
    ["2024-13-45T99:00:00", undefined],
    ["yesterday", undefined],
  ])("%j is %s", (text, expected) => {
    expect(instantOf(text)?.toISOString()).toBe(expected);
  });
});
