/**
 * docs/reliability.md, of which two tests each make a part: what callers see of faults, and of load.
 * @module
 */
import { readFileSync } from "node:fs";
import path from "node:path";

export const reliabilityFile = path.resolve(import.meta.dirname, "../../docs/reliability.md");

const heading = "\n## Under load\n";

interface Parts {
  readonly faults: string;
  readonly load: string;
}

/** The page with one part as a test found it and the other as it is. Each part is Markdown that ends with a line end. */
export function reliabilityPage(found: Partial<Parts>): string {
  const [faults = "", load = ""] = readFileSync(reliabilityFile, "utf8").split(heading);
  const page: Parts = { faults, load, ...found };
  return `${page.faults}${heading}${page.load}`;
}
