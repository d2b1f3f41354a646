import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fixedExp, fixedLog } from "./fixed-math.ts";

const bits = (value: number): string => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16).padStart(16, "0");
};

const UNIT = 2 ** -52;

/** Away from what a runtime's own function says, relative, in units of the last place. */
function unitsApart(ours: number, theirs: number): number {
  return theirs === 0 ? Math.abs(ours) / UNIT : Math.abs(ours - theirs) / (Math.abs(theirs) * UNIT);
}

describe("the logarithm", () => {
  test("is the runtime's to within 2 units and its error", () => {
    fc.assert(
      fc.property(fc.double({ min: Number.MIN_VALUE, max: Number.MAX_VALUE, noNaN: true }), (x) => {
        expect(unitsApart(fixedLog(x), Math.log(x))).toBeLessThanOrEqual(3);
      }),
      { numRuns: 3000 },
    );
  });

  test("is so near 1 too, where it is nearly 0", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 2, noNaN: true }), (x) => {
        expect(unitsApart(fixedLog(x), Math.log(x))).toBeLessThanOrEqual(3);
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    [1, 0],
    [0, Number.NEGATIVE_INFINITY],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    [-1, Number.NaN],
    [Number.NaN, Number.NaN],
  ])("of %d is %d", (x, expected) => expect(fixedLog(x)).toBe(expected));
});

describe("the exponential", () => {
  test("is the runtime's to within 2 units and its error", () => {
    fc.assert(
      fc.property(fc.double({ min: -707, max: 709.7, noNaN: true }), (x) => {
        expect(unitsApart(fixedExp(x), Math.exp(x))).toBeLessThanOrEqual(3);
      }),
      { numRuns: 3000 },
    );
  });

  test("undoes the logarithm", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (x) => {
        expect(unitsApart(fixedExp(fixedLog(x)), x)).toBeLessThanOrEqual(20);
      }),
    );
  });

  test.each([
    [0, 1],
    [-1000, 0],
    [Number.NEGATIVE_INFINITY, 0],
    [1000, Number.POSITIVE_INFINITY],
    [Number.NaN, Number.NaN],
  ])("of %d is %d", (x, expected) => expect(fixedExp(x)).toBe(expected));
});

test("the same bits come out everywhere", () => {
  const values = [1e-9, 0.1, 0.5, Math.SQRT1_2, Math.SQRT2, 2, 3, 10, 12345.678, 1e300];
  expect(values.map((x) => bits(fixedLog(x)))).toMatchInlineSnapshot(`
    [
      "c034b927f32bffb8",
      "c0026bb1bbb55515",
      "bfe62e42fefa39ef",
      "bfd62e42fefa39ed",
      "3fd62e42fefa39f1",
      "3fe62e42fefa39ef",
      "3ff193ea7aad030b",
      "40026bb1bbb55516",
      "4022d79559791e31",
      "4085963447f87fb5",
    ]
  `);
  expect([-700, -20, -1, -0.5, 1e-10, 0.3, 1, 2.5, 50, 709].map((x) => bits(fixedExp(x)))).toMatchInlineSnapshot(`
    [
      "00d14f2b0fb9307f",
      "3e21b48655f37267",
      "3fd78b56362cef38",
      "3fe368b2fc6f960a",
      "3ff000000006df38",
      "3ff599058c8c1a96",
      "4005bf0a8b14576a",
      "40285d6fd931e0bb",
      "44719103e4080b45",
      "7fdd422d2be5dc9b",
    ]
  `);
});
