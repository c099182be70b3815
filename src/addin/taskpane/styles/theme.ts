/**
 * Light or dark theme: the person's choice, else Excel's theme if known, else the system's. Contrast themes of Windows
 * are handled in CSS (`forced-colors`).
 * @module
 */
import { type BrandVariants, createDarkTheme, createLightTheme } from "@fluentui/tokens";
import { setTheme } from "@fluentui/web-components/theme/set-theme.js";
import { readStored, storageKey, writeStored } from "../../runtime/session/origin-storage.ts";

export const themeChoices = ["system", "light", "dark"] as const;
export type ThemeChoice = (typeof themeChoices)[number];

/** In the origin's storage. */
const stored = "theme";

/**
 * Fluent's colour ramp shifted to the teal of the product's icon; the lightness is unchanged, so that the contrasts
 * stay sufficient.
 */
const teal: BrandVariants = {
  10: "#09181b",
  20: "#0c252a",
  30: "#0f3138",
  40: "#143f47",
  50: "#144d58",
  60: "#145b69",
  70: "#096878",
  80: "#00788b",
  90: "#2492a7",
  100: "#47a9be",
  110: "#65b4c5",
  120: "#7bbecd",
  130: "#98cbd7",
  140: "#b6d9e1",
  150: "#d1e6eb",
  160: "#ebf4f6",
};

const light = createLightTheme(teal);
const dark = createDarkTheme(teal);

/** Sets the theme now and follows changes. Office must be ready. */
export function followTheme(): void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  apply = () => {
    const choice = themeChoice();
    const isDark = choice === "system" ? (isExcelDark() ?? system.matches) : choice === "dark";
    document.documentElement.style.colorScheme = isDark ? "dark" : "light";
    setTheme(isDark ? dark : light);
  };
  apply();
  system.addEventListener("change", apply);
  // Excel raises no event when its theme changes (OfficeThemeChanged is Outlook's), so we check whenever the pane is
  // shown.
  document.addEventListener("visibilitychange", apply);
  // The choice was made in another workbook's pane.
  addEventListener("storage", ({ key }) => {
    if (key === null || key === storageKey(stored)) apply();
  });
}

let apply = (): void => undefined;

/** The person's choice on this computer. */
export function themeChoice(): ThemeChoice {
  const choice = readStored(stored);
  return themeChoices.find((themeChoice) => themeChoice === choice) ?? "system";
}

/** Applies the choice at once, here and in the panes of other workbooks. */
export function chooseTheme(choice: ThemeChoice): void {
  writeStored(stored, choice);
  apply();
}

/** Undefined if unknown: Excel on the web may leave the theme undefined (office-js 6134). */
function isExcelDark(): boolean | undefined {
  const theme = Office.context?.officeTheme as Partial<Office.OfficeTheme> | undefined;
  // Some versions of office.js convert every property of the theme to a colour, including this one.
  if (typeof theme?.isDarkTheme === "boolean") return theme.isDarkTheme;
  return isDarkColour(theme?.bodyBackgroundColor);
}

/** Whether a background colour such as `#1f1f1f` needs light text. */
function isDarkColour(colour: string | undefined): boolean | undefined {
  const channels = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour ?? "");
  if (!channels) return undefined;
  const [red = 0, green = 0, blue = 0] = channels.slice(1).map((channel) => parseInt(channel, 16));
  return (red * 299 + green * 587 + blue * 114) / 1000 < 128;
}
