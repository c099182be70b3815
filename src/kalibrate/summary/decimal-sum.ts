/**
 * Sums decimals without the errors of binary fractions: 0.1 + 0.2 - 0.3 is 0.
 *
 * A sum is a whole number of units of 10^-scale. It is a double as long as doubles hold every whole number of its size,
 * which is enough for nearly all prices; beyond that it is a bigint.
 * @module
 */

export interface DecimalSum {
  scale: number;
  /** The sum is `small + large`, in units of 10^-scale. */
  small: number;
  large: bigint;
}

export function emptySum(): DecimalSum {
  return { scale: 0, small: 0, large: 0n };
}

/** Doubles distinguish all decimals of up to 15 digits, so units must be below this. */
const maxDigits = 1e15;

/** The powers of ten that a double holds exactly. */
const powers = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);

/**
 * Adds a value, several times. @param value a finite number, taken as the shortest decimal that converts to it. @param
 * times a whole number.
 */
export function addDecimal(sum: DecimalSum, value: number, times = 1): void {
  let digits: number | bigint | undefined = unitsOf(value, sum.scale);
  if (digits === undefined) {
    const decimal = decimalOf(value);
    if (decimal.scale > sum.scale) rescale(sum, decimal.scale);
    digits = unitsOf(value, sum.scale) ?? decimal.digits * 10n ** BigInt(sum.scale - decimal.scale);
  }
  const added = typeof digits === "number" ? digits * times : Infinity;
  const total = sum.small + added;
  if (Number.isSafeInteger(total) && Number.isSafeInteger(added)) {
    sum.small = total;
    return;
  }
  // The small part starts again, so that the next values fit.
  sum.large += BigInt(sum.small) + BigInt(digits) * BigInt(times);
  sum.small = 0;
}

/** The double nearest to the sum divided by `divisor`. @param divisor a whole number above 0. */
export function decimalToNumber({ scale, small, large }: DecimalSum, divisor = 1): number {
  const total = BigInt(small) + large;
  const sign = total < 0n ? "-" : "";
  const dividend = total < 0n ? -total : total;
  const by = BigInt(divisor) * 10n ** BigInt(scale);
  // Digits beyond a double's precision decide how its last digit is rounded.
  const more = Math.max(0, 25 + by.toString().length - dividend.toString().length);
  return Number(`${sign}${(dividend * 10n ** BigInt(more)) / by}e-${more}`);
}

/** The number in units of 10^-scale; undefined unless it is a whole number of at most 15 digits. */
function unitsOf(value: number, scale: number): number | undefined {
  const power = powers[scale];
  if (power === undefined) return undefined;
  const units = Math.round(value * power);
  return Math.abs(units) < maxDigits && units / power === value ? units : undefined;
}

function decimalOf(value: number): { readonly digits: bigint; readonly scale: number } {
  const [mantissa = "", exponent = "0"] = String(value).split("e");
  const [whole = "", decimals = ""] = mantissa.split(".");
  const digits = BigInt(whole + decimals);
  const scale = decimals.length - Number(exponent);
  return scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : { digits, scale };
}

function rescale(sum: DecimalSum, scale: number): void {
  sum.large = (BigInt(sum.small) + sum.large) * 10n ** BigInt(scale - sum.scale);
  sum.small = 0;
  sum.scale = scale;
}
