import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

// WCAG 2.2 AA by computation: text 4.5:1 (1.4.3), edges of controls, marks and the focus 3:1 (1.4.11), in both themes.

const CSS = readFileSync(join(import.meta.dirname, "../../app/tokens.css"), "utf8");
const THEMES = ["light", "dark"] as const;

type Colour = readonly [red: number, green: number, blue: number];

/** OKLCH as CSS writes it, in linear light, clipped to sRGB as a screen shows it. By the formulas of CSS Color 4. */
function linear(lightness: number, chroma: number, hue: number): Colour {
  const angle = (hue * Math.PI) / 180;
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)];
  const [l, m, s] = [lightness + 0.3963377774 * a + 0.2158037573 * b, lightness - 0.1055613458 * a - 0.0638541728 * b, lightness - 0.0894841775 * a - 1.291485548 * b].map((each) => each ** 3);
  const mix = (x: number, y: number, z: number) => Math.min(1, Math.max(0, x * (l ?? 0) + y * (m ?? 0) + z * (s ?? 0)));
  return [mix(4.0767416621, -3.3077115913, 0.2309699292), mix(-1.2684380046, 2.6097574011, -0.3413193965), mix(-0.0041960863, -0.7034186147, 1.707614701)];
}

const luminance = ([red, green, blue]: Colour) => 0.2126 * red + 0.7152 * green + 0.0722 * blue;

function contrast(one: Colour, other: Colour): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

const COLOUR = "oklch\\(([\\d.]+)% ([\\d.]+) ([\\d.]+)\\)";
const TOKENS = new Map([...CSS.matchAll(new RegExp(`--([a-z0-9-]+): light-dark\\(${COLOUR}, ${COLOUR}\\);`, "g"))].map(([, name = "", ...parts]) => {
  const [l1 = 0, c1 = 0, h1 = 0, l2 = 0, c2 = 0, h2 = 0] = parts.map(Number);
  return [name, { light: linear(l1 / 100, c1, h1), dark: linear(l2 / 100, c2, h2) }] as const;
}));

const GROUNDS = ["ground", "panel", "raised", "sunk", "hover", "selected"] as const;
const TONES = ["critical", "high", "medium", "low", "info", "good", "danger", "accent"] as const;

type Pair = { text: string; on: readonly string[]; least: number };

/** What stands on what. A token that is in no pair is one that nobody has checked. */
const PAIRS: readonly Pair[] = [
  ...["ink", "ink-2", "ink-3", ...TONES].map((text): Pair => ({ text, on: GROUNDS, least: 4.5 })),
  ...TONES.map((tone): Pair => ({ text: tone, on: [`${tone}-soft`], least: 4.5 })),
  { text: "ink", on: TONES.map((tone) => `${tone}-soft`), least: 4.5 },
  { text: "ink-2", on: ["accent-soft"], least: 4.5 },
  { text: "accent-ink", on: ["accent", "danger"], least: 4.5 },
  { text: "edge", on: ["ground", "panel", "raised"], least: 3 },
  { text: "focus", on: [...GROUNDS, "accent-soft"], least: 3 },
  { text: "detected", on: GROUNDS, least: 3 },
];

/** Lines that part what stands apart anyway, and veils and shadows: nothing is told by them alone. */
const ORNAMENT = ["line", "line-strong", "veil", "shadow-menu"];

describe("the tokens", () => {
  it("are all in a pair or said to be ornament: a new one is checked or named", () => {
    const named = [...CSS.matchAll(/^ {2}--([a-z0-9-]+):/gm)].map(([, name]) => name ?? "");
    const paired = new Set(PAIRS.flatMap(({ text, on }) => [text, ...on]));
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((name) => !paired.has(name) && !ORNAMENT.includes(name))).toEqual([]);
    expect([...paired].filter((name) => !TOKENS.has(name))).toEqual([]);
  });

  it("computes as the standard does: black on white is 21 to 1, a middle grey 4.48", () => {
    expect(contrast(linear(0, 0, 0), linear(1, 0, 0))).toBeCloseTo(21, 1);
    expect(contrast(linear(0.5693, 0, 0), linear(1, 0, 0))).toBeCloseTo(4.48, 1); // #777777
  });

  it("are whole where a control's edge is drawn: one that shines through is fainter than it was computed", () => {
    const files = readdirSync(join(import.meta.dirname, ".."), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".tsx"));
    expect(files.filter((name) => /\b(?:border|outline)-(?:edge|focus)\/\d/.test(readFileSync(join(import.meta.dirname, "..", name), "utf8")))).toEqual([]);
  });

  it.each(THEMES)("reach WCAG 2.2 AA wherever one stands on another, %s", (theme) => {
    const short = PAIRS.flatMap(({ text, on, least }) => on.flatMap((ground) => {
      const [one, other] = [TOKENS.get(text)?.[theme], TOKENS.get(ground)?.[theme]];
      const ratio = one && other ? contrast(one, other) : 0;
      return ratio < least ? [`${text} on ${ground}: ${ratio.toFixed(2)} of ${least}`] : [];
    }));
    expect(short).toEqual([]);
  });
});
