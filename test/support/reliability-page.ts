/**
 * docs/reliability.md, of which two tests each write a part: faults, and load.
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

/** The page with the given parts replaced and the others unchanged. Each part is Markdown and ends with a newline. */
export function reliabilityPage(found: Partial<Parts>): string {
  const [faults = "", load = ""] = readFileSync(reliabilityFile, "utf8").split(heading);
  const page: Parts = { faults, load, ...found };
  return `${page.faults}${heading}${page.load}`;
}
