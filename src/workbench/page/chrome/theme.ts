/**
 * Follows the system's light or dark theme.
 * @module
 */

/** @param changed called at every change after the first call @returns whether it is dark now */
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
