import { OP, SIDE, SIDE_SHIFT } from "../../engines/contract/binary.ts";
import type { WasmBook } from "../../engines/contract/wasm-book.ts";

export interface ViewReport {
  /** Orders that were sent before the view died, or all. */
  sent: number;
  /** Words of the view that was kept, before and after. */
  wordsBefore: number;
  wordsAfter: number;
  /** Word 0 of the last events, read through the view that was kept, and through a fresh one. */
  readKept: number | undefined;
  readFresh: number;
  bytesBefore: number;
  bytesAfter: number;
}

// #region keep-view
/** Keeps one view of the events, and rests orders until the memory behind it has grown. @param most orders at most */
export function keepView(book: WasmBook, most: number): ViewReport {
  const kept = book.events;
  const { length: wordsBefore } = kept;
  const bytesBefore = book.memoryBytes;
  const codes = OP.add | (SIDE.buy << SIDE_SHIFT);
  let sent = 0;
  while (sent < most && kept.length > 0) {
    sent++;
    book.add(codes, sent, 10_000 + (sent % 100), 1, 0);
  }
  const report = { sent, wordsBefore, wordsAfter: kept.length, bytesBefore, bytesAfter: book.memoryBytes };
  // The property is read again: the book makes its views anew when its memory has grown.
  return { ...report, readKept: kept[0], readFresh: book.events[0] };
}
// #endregion keep-view

/** What the demonstration prints. */
export function showView(book: WasmBook, most: number): string[] {
  const { sent, wordsBefore, wordsAfter, readKept, readFresh, bytesBefore, bytesAfter } = keepView(book, most);
  const kibibytes = (bytes: number): string => `${bytes / 1024} KiB`;
  return [
    `after ${sent} orders the memory went from ${kibibytes(bytesBefore)} to ${kibibytes(bytesAfter)}`,
    `the view that was kept had ${wordsBefore} words, and has ${wordsAfter}`,
    `word 0 of the last events: through it ${readKept}, through a fresh view ${readFresh}`,
    wordsAfter === 0 ? "the view is dead, and nothing threw" : "the view still lives: send more orders",
  ];
}
