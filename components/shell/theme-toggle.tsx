"use client";
import { Monitor, Moon, Sun } from "lucide-react";
import { useSyncExternalStore } from "react";
import { Menu } from "@/components/ui/menu";
import { navClass } from "./nav-class";
import { readTheme, THEME_COOKIE, THEMES, type Theme } from "./theme";

const LOOKS = { system: { label: "As the system", icon: Monitor }, light: { label: "Light", icon: Sun }, dark: { label: "Dark", icon: Moon } } as const;

const SERVER_THEME: Theme = "system";

function watch(changed: () => void) {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}

function choose(theme: Theme) {
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=31536000; samesite=lax`;
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Light, dark, or as the system; kept in a cookie so that the server paints the right one at once. */
export function ThemeToggle() {
  const theme = useSyncExternalStore(watch, () => readTheme(document.documentElement.dataset.theme), () => SERVER_THEME);
  const Icon = LOOKS[theme].icon;
  return (
    <Menu
      label="Theme"
      width={180}
      items={THEMES.map((each) => ({ key: each, label: LOOKS[each].label, current: each === theme, onSelect: () => choose(each) }))}
      trigger={(wires) => (
        <button {...wires} type="button" className={navClass(false)} title="Theme">
          <Icon size={15} aria-hidden className="shrink-0 text-ink-3" />
          <span className="max-lg:sr-only">Theme<span className="sr-only">: {LOOKS[theme].label}</span></span>
        </button>
      )}
    />
  );
}
