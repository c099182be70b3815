/** Excel's limit for the name of a sheet. */
const maxNameChars = 31;

/**
 * The name with the suffix, and with the first number that makes it unique. A name that is too long is cut; Excel
 * compares names without letter case.
 */
export function freeSheetName(name: string, taken: readonly string[], suffix = ""): string {
  const lower = new Set(taken.map((other) => other.toLowerCase()));
  for (let number = 1; ; number++) {
    const end = number === 1 ? suffix : `${suffix} ${number}`;
    const candidate = name.slice(0, maxNameChars - end.length).trimEnd() + end;
    if (!lower.has(candidate.toLowerCase())) return candidate;
  }
}
