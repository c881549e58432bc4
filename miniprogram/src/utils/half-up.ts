/** Of so many digits a product of two numbers is true: 0.285 * 100 is 28.499999999999996, and is meant to be 28.5. */
const TRUE_DIGITS = 12

/** A number rounded to so many digits behind the point; half goes up, as on the console and in reports. */
export function halfUp(value: number, digits = 0): number {
  const scale = 10 ** digits
  return Math.round(Number((value * scale).toPrecision(TRUE_DIGITS))) / scale
}

/** A share of 0 to 1 in whole points of a hundred. */
export const points = (share: number): number => halfUp(share * 100)
