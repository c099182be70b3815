/**
 * Sites with irregular data, as in every real network, so that each rule of the functions has data: corrected and
 * duplicated prices, prices for tomorrow, times without a price, sites without competitors, competitors without
 * products or prices. They have high numbers, so a small retailer has none of them.
 * @module
 */
interface Numbered {
  readonly number: number;
}

/** An own site without entered competitors. */
export const hasNoCompetitors = ({ number }: Numbered): boolean => number % 140 === 69;

/** A competitor without entered products. */
export const hasNoProducts = ({ number }: Numbered): boolean => number % 400 === 250;

/** A competitor with products but without observed prices. */
export const hasNoPrices = ({ number }: Numbered): boolean => number % 400 === 270;

/** An own site whose price records are corrected, duplicated, interrupted and made in advance. */
export const hasOddPrices = ({ number }: Numbered): boolean => number % 70 === 65;
