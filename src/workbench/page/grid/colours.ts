/**
 * The pane's colours for the grid.
 * @module
 */
import { ColorKit, type Injector } from "@univerjs/core";
import { ICanvasColorService } from "@univerjs/engine-render";
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

/** The grid's own surface in dark colours: red, green, blue. */
const darkSurface = [27, 28, 31] as const;

/**
 * In dark colours the grid draws white as black, so the formula bar, headings and the edited cell would be darker than
 * the grid's own surface around them.
 */
export function softenDarkColours(injector: Injector): void {
  const service = injector.get(ICanvasColorService);
  const invert = service.getRenderColor.bind(service);
  const softened = new Map<string, string>();
  service.getRenderColor = (colour) => {
    const inverted = invert(colour);
    // Light colours are not inverted.
    if (inverted === colour) return colour;
    const soft = softened.get(inverted) ?? soften(inverted);
    softened.set(inverted, soft);
    return soft;
  };
}

/** Lightens a colour in proportion to its darkness: black becomes the dark surface, white stays white. */
export function soften(colour: string): string {
  const { r, g, b, a = 1 } = new ColorKit(colour).toRgb();
  const channels = [r, g, b].map((channel, index) => {
    const least = darkSurface[index] ?? 0;
    return Math.round(least + (channel * (255 - least)) / 255);
  });
  return `rgba(${channels.join(", ")}, ${a})`;
}
