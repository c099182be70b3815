/**
 * Suggests the form that a query accepts for numbers and dates in continental notation; messages show the suggestion.
 * Nothing is converted silently, because 1,579 and 05/11/2026 are ambiguous.
 * @module
 */

/** The correct form of a number with a decimal comma or thousands separators; undefined if unclear. */
export function rightNumber(typed: string): string | undefined {
  const digits = typed.replace(/[\s'’]/g, "").replace("−", "-");
  const [, whole = "", decimals = ""] = /^(-?\d{1,3})[,](\d{3})$/.exec(digits) ?? [];
  if (whole !== "")
    return /^-?0/.test(whole) ? `${whole}.${decimals}` : `${whole}.${decimals} or ${whole}${decimals}`;
  const thousandsByComma = /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(digits);
  if (thousandsByComma) return digits.replaceAll(",", "");
  if (/^-?\d+,\d+$/.test(digits)) return digits.replace(",", ".");
  if (/^-?\d{1,3}(?:\.\d{3})+,\d+$/.test(digits)) return digits.replaceAll(".", "").replace(",", ".");
  if (/^-?\d{1,3}(?:\.\d{3}){2,}$/.test(digits)) return digits.replaceAll(".", "");
  return digits !== typed && /^-?\d+(?:\.\d+)?$/.test(digits) ? digits : undefined;
}

const separator = String.raw`\s*[./-]\s*`;
const dayFirst = new RegExp(String.raw`^(\d{1,2})${separator}(\d{1,2})${separator}(\d{4}|\d\d)\b(.*)$`);
const yearFirst = new RegExp(String.raw`^(\d{4})(?:${separator})(\d{1,2})${separator}(\d{1,2})\b(.*)$`);
const runTogether = /^(\d{4})(\d\d)(\d\d)$/;
const clock = /^[\sT,]*(\d{1,2}):(\d\d)(?::(\d\d))?$/;

/** The correct form of 30/11/2026, 2026/11/30 or 20261130; undefined if there is no such day. */
export function rightDate(typed: string): string | undefined {
  const text = typed.trim();
  const [, first, second, last = "", rest = ""] = dayFirst.exec(text) ?? [];
  if (first !== undefined && second !== undefined) {
    const year = last.length === 2 ? `20${last}` : last;
    const forms = [isoDay(year, second, first), isoDay(year, first, second)];
    const days = [...new Set(forms.filter((day) => day !== undefined))];
    return days.length > 0 ? days.map((day) => day + timeOf(rest)).join(" or ") : undefined;
  }
  const [, year, month = "", day = "", after = ""] = yearFirst.exec(text) ?? runTogether.exec(text) ?? [];
  const iso = year === undefined ? undefined : isoDay(year, month, day);
  return iso === undefined ? undefined : iso + timeOf(after);
}

function isoDay(year: string, month: string, day: string): string | undefined {
  const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const time = Date.parse(`${iso}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(iso) ? iso : undefined;
}

function timeOf(rest: string): string {
  const [, hours, minutes, seconds] = clock.exec(rest) ?? [];
  return hours === undefined
    ? ""
    : `T${hours.padStart(2, "0")}:${minutes}${seconds === undefined ? "" : `:${seconds}`}`;
}
