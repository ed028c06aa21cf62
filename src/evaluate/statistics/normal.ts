/**
 * Standard normal distribution function: Hart's rational approximation in G. West's double-precision form
 * ("Better approximations to cumulative normal functions", 2005); absolute error below 1e-15.
 */
export function normalCdf(x: number): number {
  const z = Math.abs(x);
  if (z > 37) return x > 0 ? 1 : 0;
  const density = Math.exp((-z * z) / 2);
  let tail: number;
  if (z < 7.07106781186547) {
    const top = [
      3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871,
      221.213596169931, 220.206867912376,
    ].reduce((sum, each) => sum * z + each, 0);
    const bottom = [
      8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674,
      637.333633378831, 793.826512519948, 440.413735824752,
    ].reduce((sum, each) => sum * z + each, 0);
    tail = (density * top) / bottom;
  } else {
    const fraction = z + 1 / (z + 2 / (z + 3 / (z + 4 / (z + 0.65))));
    tail = density / (fraction * 2.506628274631);
  }
  return x > 0 ? 1 - tail : tail;
}

const central = {
  top: [
    -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1,
    2.506628277459239,
  ],
  bottom: [
    -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1,
    -1.328068155288572e1, 1,
  ],
};
const outer = {
  top: [
    -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968,
    2.938163982698783,
  ],
  bottom: [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416, 1],
};

function horner(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, each) => sum * x + each, 0);
}

/** Inverse of `normalCdf`: Acklam's approximation with one Halley step. 0 and 1 give the infinities. */
export function normalQuantile(p: number): number {
  if (p <= 0) return -Infinity;
  if (p >= 1) return Infinity;
  let x: number;
  if (p < 0.02425 || p > 1 - 0.02425) {
    const q = Math.sqrt(-2 * Math.log(Math.min(p, 1 - p)));
    const value = horner(outer.top, q) / horner(outer.bottom, q);
    x = p < 0.5 ? value : -value;
  } else {
    const q = p - 0.5;
    x = (horner(central.top, q * q) * q) / horner(central.bottom, q * q);
  }
  const error = normalCdf(x) - p;
  const step = error * Math.sqrt(2 * Math.PI) * Math.exp((x * x) / 2);
  return x - step / (1 + (x * step) / 2);
}
