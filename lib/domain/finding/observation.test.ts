import { describe, expect, test } from "vitest";
import { codeLines, firstView, httpParts, piecesOf } from "@/lib/domain/finding/observation";

const shown = (text: string) => piecesOf(text).map(({ text: piece, hidden }) => (hidden === null ? piece : `[${piece}: ${hidden}]`)).join("");

describe("what would not show", () => {
  test("is shown: a text that reads otherwise than it is gives itself away, and an escape colours nothing", () => {
    expect(shown("if (user === \"\u202e nimda\")")).toBe('if (user === "[U+202E: right-to-left override U+202E] nimda")');
    expect(shown("\u001b[31mred\u0007")).toBe("[␛: escape U+001B][31mred[␇: control character U+0007]");
    expect(shown("pay\u200bpal a\tb\nc 日本 é 👩‍💻")).toContain("pay[U+200B: zero width space U+200B]pal a\tb\nc 日本 é 👩");
  });

  test("nothing gets lost, whatever the text", () => {
    const hostile = "<script>alert(1)</script>\u0000\u0085\u2028\u{e0041}\ud83d\ude00 end";
    expect(piecesOf(hostile).filter(({ hidden }) => hidden === null).map(({ text }) => text).join("")).toBe("<script>alert(1)</script>\ud83d\ude00 end");
    expect(piecesOf("")).toEqual([]);
  });
});

describe("messages", () => {
  test("a request and its response are told apart, with headers and bodies; a body that looks like a header stays body", () => {
    const parts = httpParts("Matched: x\n\nPOST /login HTTP/1.1\r\nHost: a.test\r\nX-Empty:\r\n\r\nuser=1\r\nnot: a header\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<b>hi</b>");
    expect(parts).toEqual([
      { kind: "text", body: "Matched: x" },
      { kind: "request", start: "POST /login HTTP/1.1", headers: [["Host", "a.test"], ["X-Empty", ""]], body: "user=1\nnot: a header" },
      { kind: "response", start: "HTTP/1.1 200 OK", headers: [["Content-Type", "text/html"]], body: "<b>hi</b>" },
    ]);
  });

  test("prose about HTTP is no message", () => {
    expect(httpParts("The server answers HTTP/1.1 200 OK to GET / HTTP/1.1")).toBeNull();
    expect(httpParts("")).toBeNull();
  });
});

describe("code", () => {
  test("keeps the numbers that the scanner printed, and marks the line of the location", () => {
    expect(codeLines("11: const a = 1;\n12: eval(a);\n13:", "src/a.ts:12")).toEqual([
      { number: 11, text: "const a = 1;", isMarked: false }, { number: 12, text: "eval(a);", isMarked: true }, { number: 13, text: "", isMarked: false },
    ]);
  });

  test("a single quoted line has the location's number; several without numbers are counted, and none is marked", () => {
    expect(codeLines("src/a.ts:12\neval(a);", "src/a.ts:12")).toEqual([{ number: 12, text: "eval(a);", isMarked: true }]);
    expect(codeLines("src/a.ts:12\nfoo();\neval(a);", "src/a.ts:12").map(({ number, isMarked }) => [number, isMarked])).toEqual([[1, false], [2, false]]);
    expect(codeLines("2024 was a year\n7 dwarfs", "x").map(({ number }) => number)).toEqual([1, 2]);
  });

  test("is the first view where the place is quoted", () => {
    expect([firstView("src/a.ts:12\neval(a)", "src/a.ts:12"), firstView("open", "host.test:443"), firstView("eval(a)", "src/a.ts:12"), firstView("GET / HTTP/1.1\nHost: a", "src/a.ts:1")]).toEqual(["code", "plain", "plain", "http"]);
  });
});
