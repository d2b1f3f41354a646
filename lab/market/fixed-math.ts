/**
 * Logarithm and exponential for whatever decides a command. `Math.log` and `Math.exp` may differ in their last bit
 * between runtimes (ECMA-262 leaves their precision open), and one bit is enough for another market. These use
 * additions, multiplications and divisions alone, in a fixed order, which IEEE 754 rounds the same way everywhere.
 */

/** ln 2 in two parts: the first has so few bits that a whole number below 2^11 times it is exact. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const TWO_54 = 18014398509481984;

/** 1/23 … 1/3: the coefficients of the series, from the highest power down. */
const ODD_RECIPROCALS = [1 / 23, 1 / 21, 1 / 19, 1 / 17, 1 / 15, 1 / 13, 1 / 11, 1 / 9, 1 / 7, 1 / 5, 1 / 3];

const MANTISSA_HIGH_BITS = 0xfffff;
const EXPONENT_BIAS = 1023;
/** The exponent word of 1. */
const ONE_HIGH = EXPONENT_BIAS << 20;

// One buffer for all calls: nothing is allocated. Its byte order is said at each access, so it is no machine's own.
const bits = new DataView(new ArrayBuffer(8));

/**
 * The natural logarithm, within 2 units in the last place. NaN below 0, −∞ at 0.
 *
 * x = m × 2^k with m from √½ to √2; then ln m = 2 artanh((m − 1) / (m + 1)), by its power series (Abramowitz and Stegun, 4.1.27).
 */
export function fixedLog(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  let exponent = 0;
  let value = x;
  if (value < 2.2250738585072014e-308) {
    value *= TWO_54;
    exponent = -54;
  }
  bits.setFloat64(0, value);
  const high = bits.getUint32(0);
  exponent += (high >>> 20) - EXPONENT_BIAS;
  bits.setUint32(0, (high & MANTISSA_HIGH_BITS) | ONE_HIGH);
  let mantissa = bits.getFloat64(0);
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent++;
  }
  const f = mantissa - 1;
  const s = f / (2 + f);
  const z = s * s;
  // |s| ≤ 0.172, so the first term left out is below 2^-60 of the whole.
  let series = ODD_RECIPROCALS[0];
  for (let i = 1; i < ODD_RECIPROCALS.length; i++) series = series * z + ODD_RECIPROCALS[i];
  const tail = 2 * s * z * series;
  return exponent * LN2_HIGH + (2 * s + (tail + exponent * LN2_LOW));
}

/**
 * e to the power of x, within 2 units in the last place where the result is a normal number; 0 below −708.
 *
 * x = k ln 2 + r with |r| ≤ ½ ln 2; then 2^k times the power series of e^r.
 */
export function fixedExp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  if (x < -708) return 0;
  const k = Math.floor(x / Math.LN2 + 0.5);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let series = 1 / 14;
  for (let n = 13; n >= 2; n--) series = (1 + r * series) / n;
  const result = 1 + r * (1 + r * series);
  // In two steps, because 2^1024 is no number and 2^1023 × result may be one.
  const half = Math.floor(k / 2);
  return result * powerOfTwo(half) * powerOfTwo(k - half);
}

/** @param exponent −1022 … 1023 */
function powerOfTwo(exponent: number): number {
  bits.setUint32(0, (exponent + EXPONENT_BIAS) << 20);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}
