import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCsv, withCells, writeCsv } from "./csv.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (data: Uint8Array) => Buffer.from(data).toString("utf8");
const valuesOf = (source: string) => readCsv(bytes(source)).rows.map((row) => row.map(({ value }) => value));

describe("reading", () => {
  test("quotes, doubled quotes and line ends in a cell", () => {
    expect(valuesOf('a,"b ""c"", d",e\r\n"x\r\ny",,z')).toEqual([
      ["a", 'b "c", d', "e"],
      ["x\r\ny", "", "z"],
    ]);
  });

  test("a byte order mark is no part of the first cell", () => {
    expect(valuesOf("\ufeffStudent,ID\n")).toEqual([["Student", "ID"]]);
  });

  test.each([
    ["a;b;c,d\n", ["a", "b", "c,d"]],
    ["a\tb\tc\n", ["a", "b", "c"]],
    ['"a;b;c",d\n', ["a;b;c", "d"]],
  ])("the first row tells the delimiter: %j", (source, cells) => {
    expect(valuesOf(source)[0]).toEqual(cells);
  });

  test("a file of another code page is read as Windows has it", () => {
    const rows = readCsv(Uint8Array.of(0x4d, 0xfc, 0x6c, 0x2c, 0x31)).rows;
    expect(rows[0].map(({ value }) => value)).toEqual(["Mül", "1"]);
  });

  test("a quote that is never closed is told with its row", () => {
    expect(() => readCsv(bytes('a,b\nc,"d\n'))).toThrow("row 2 has a quote that is never closed");
  });

  test("UTF-16 is refused with what to do", () => {
    expect(() => readCsv(Uint8Array.of(0xff, 0xfe, 0x61, 0x00))).toThrow("Save it as CSV UTF-8");
  });
});

/** Any cell as a program may have written it: bare, or quoted though it need not be. */
const anyCell = fc
  .tuple(fc.string({ unit: "grapheme", maxLength: 12 }), fc.boolean())
  .map(([value, isQuoted]) => (isQuoted || /[",;\t\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value));
const anyFile = fc
  .record({
    mark: fc.constantFrom("", "\ufeff"),
    end: fc.constantFrom("\n", "\r\n"),
    last: fc.boolean(),
    delimiter: fc.constantFrom(",", ";"),
    columns: fc.integer({ min: 2, max: 5 }),
  })
  .chain(({ mark, end, last, delimiter, columns }) =>
    fc
      .array(fc.array(anyCell, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 6 })
      .map((rows) => {
        const head = Array.from({ length: columns }, (_, index) => `Column ${index}`);
        return {
          columns,
          rows,
          source: mark + [head, ...rows].map((row) => row.join(delimiter)).join(end) + (last ? end : ""),
        };
      }),
  );

describe("changing", () => {
  test("no change gives the same bytes, whatever the file", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (data) => {
        let table: ReturnType<typeof readCsv>;
        try {
          table = readCsv(data);
        } catch {
          return;
        }
        expect(Buffer.from(withCells(table, []))).toEqual(Buffer.from(data));
      }),
    );
  });

  test("one cell changes, and every byte before and behind it stays", () => {
    fc.assert(
      fc.property(anyFile, fc.nat(), fc.nat(), fc.string({ unit: "grapheme" }), (file, row, column, value) => {
        const before = bytes(file.source);
        const table = readCsv(before);
        const change = { row: row % table.rows.length, column: column % file.columns, value };
        const cell = table.rows[change.row][change.column];
        const after = withCells(table, [change]);
        const tail = before.length - cell.end;
        expect(text(after.subarray(0, cell.start))).toBe(text(before.subarray(0, cell.start)));
        expect(text(after.subarray(after.length - tail))).toBe(text(before.subarray(cell.end)));
        const again = readCsv(after).rows.map((cells) => cells.map((each) => each.value));
        const expected = table.rows.map((cells) => cells.map((each) => each.value));
        expected[change.row][change.column] = value;
        if (change.row > 0) expect(again).toEqual(expected);
      }),
    );
  });

  test("a cell keeps its quotes", () => {
    expect(text(withCells(readCsv(bytes('a,"1",3')), [{ row: 0, column: 1, value: "2" }]))).toBe('a,"2",3');
  });
});

describe("writing", () => {
  test("what is written is read again, cell for cell", () => {
    const plain = fc.stringMatching(/^[A-Za-z0-9 ",;']*$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(plain, plain, fc.integer()), { minLength: 1 }), (rows) => {
        const again = valuesOf(writeCsv([["a", "b", "c"], ...rows])).slice(1);
        expect(again).toEqual(rows.map((row) => row.map(String)));
      }),
    );
  });

  test.each(["=1+1", "+1", "-1", "@SUM(A1)", "  =cmd", "\t=1", "\r=1", "\u200b=1"])("%j is no formula", (value) => {
    const [[cell]] = valuesOf(writeCsv([[value]]));
    expect(cell).toMatch(/^'/);
  });

  test("a negative number stays a number", () => {
    expect(writeCsv([[-1.5, "a"]])).toBe("-1.5,a\r\n");
  });
});
