/**
 * Light or dark: what the person chose, else Excel's own choice where it tells, otherwise the system's. Contrast themes of Windows need nothing
 * here, they are CSS (`forced-colors`).
 * @module
 */
import { type BrandVariants, createDarkTheme, createLightTheme } from "@fluentui/tokens";
import { setTheme } from "@fluentui/web-components/theme/set-theme.js";
import { readStored, storageKey, writeStored } from "../../runtime/session/origin-storage.ts";

export const themeChoices = ["system", "light", "dark"] as const;
export type ThemeChoice = (typeof themeChoices)[number];

/** In the origin's storage. */
const stored = "theme";

/** Fluent's own ramp turned to the teal of the product's icon; lightness kept, so that its contrasts hold. */
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

/** Sets the theme now and keeps it right. Office must be ready. */
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
  // Excel raises no event when its theme changes (OfficeThemeChanged is Outlook's), so it is looked up again
  // whenever the pane is shown.
  document.addEventListener("visibilitychange", apply);
  // Chosen in another workbook's pane.
  addEventListener("storage", ({ key }) => {
    if (key === null || key === storageKey(stored)) apply();
  });
}

let apply = (): void => undefined;

/** What the person chose for this computer. */
export function themeChoice(): ThemeChoice {
  const choice = readStored(stored);
  return themeChoices.find((themeChoice) => themeChoice === choice) ?? "system";
}

/** Shows it at once, here and in the panes of other workbooks. */
export function chooseTheme(choice: ThemeChoice): void {
  writeStored(stored, choice);
  apply();
}

/** Excel on the web may leave the theme undefined (office-js 6134); then nothing is known. */
function isExcelDark(): boolean | undefined {
  const theme = Office.context?.officeTheme as Partial<Office.OfficeTheme> | undefined;
  // Some versions of office.js turn every property of the theme into a colour, this one too.
  if (typeof theme?.isDarkTheme === "boolean") return theme.isDarkTheme;
  return isDarkColour(theme?.bodyBackgroundColor);
}

/** Whether light text reads better on a colour such as `#1f1f1f`. */
function isDarkColour(colour: string | undefined): boolean | undefined {
  const channels = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour ?? "");
  if (!channels) return undefined;
  const [red = 0, green = 0, blue = 0] = channels.slice(1).map((channel) => parseInt(channel, 16));
  return (red * 299 + green * 587 + blue * 114) / 1000 < 128;
}
