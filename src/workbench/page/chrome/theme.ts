/**
 * Light or dark, as the system is and while it changes.
 * @module
 */

/** @param changed told of every change after the first look @returns whether it is dark now */
export function followTheme(changed: (isDark: boolean) => void): boolean {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    document.documentElement.dataset["theme"] = system.matches ? "dark" : "light";
  };
  apply();
  system.addEventListener("change", () => {
    apply();
    changed(system.matches);
  });
  return system.matches;
}
