/**
 * The pane's colours for the grid.
 * @module
 */
import { defaultTheme, type Theme } from "@univerjs/themes";

/** The pane's teal, from light to dark; the grid uses the middle for selections and buttons. */
const teal: Theme["primary"] = {
  50: "#ebf4f6",
  100: "#d1e6eb",
  200: "#b6d9e1",
  300: "#7bbecd",
  400: "#47a9be",
  500: "#2492a7",
  600: "#00788b",
  700: "#145b69",
  800: "#143f47",
  900: "#0c252a",
};

export const gridTheme: Theme = { ...defaultTheme, primary: teal };
