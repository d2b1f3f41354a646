/** What a system calls around its parts. Spans nest: each `end` closes the one that was begun last. */
export interface Spans {
  begin(name: string): void;
  end(): void;
}

/** For a run without spans: it costs two calls that do nothing. */
export const NO_SPANS: Spans = { begin() {}, end() {} };

/** A span that was recorded. */
export interface Span {
  name: string;
  /** ms, by the clock that the recorder was given. */
  begin: number;
  end: number;
  /** Spans around it. */
  depth: number;
}

/** Records spans into arrays that are there beforehand, so that recording allocates nothing. */
export class SpanRecorder implements Spans {
  readonly #now: () => number;
  readonly #names: string[];
  readonly #begins: Float64Array;
  readonly #ends: Float64Array;
  readonly #depths: Uint8Array;
  readonly #open: Int32Array;
  #depth = 0;
  #count = 0;

  /** @param capacity spans that are kept; those beyond are counted only @param now a clock, ms */
  constructor(capacity: number, now: () => number) {
    this.#now = now;
    this.#names = new Array<string>(capacity).fill("");
    this.#begins = new Float64Array(capacity);
    this.#ends = new Float64Array(capacity);
    this.#depths = new Uint8Array(capacity);
    this.#open = new Int32Array(256);
  }

  // #region record
  begin(name: string): void {
    const at = this.#count++;
    this.#open[this.#depth++] = at;
    if (at >= this.#names.length) return;
    this.#names[at] = name;
    this.#depths[at] = this.#depth - 1;
    this.#begins[at] = this.#now();
  }

  end(): void {
    const at = this.#open[--this.#depth];
    if (at < this.#names.length) this.#ends[at] = this.#now();
  }
  // #endregion record

  /** Spans that there was no room for. */
  get dropped(): number {
    return Math.max(0, this.#count - this.#names.length);
  }

  /** In the order in which they began. */
  spans(): Span[] {
    const kept = Math.min(this.#count, this.#names.length);
    return Array.from({ length: kept }, (_, at) => ({
      name: this.#names[at],
      begin: this.#begins[at],
      end: this.#ends[at],
      depth: this.#depths[at],
    }));
  }
}

/** All spans of one name under the same parents. */
export interface ProfilePart {
  /** Its parents' names and its own. */
  path: string[];
  count: number;
  /** ms, its children included. */
  totalMs: number;
  /** ms, its children left out. */
  selfMs: number;
}

/** Adds up spans by path; a part stands after its parent, in the order of first appearance. */
export function profileOf(spans: readonly Span[]): ProfilePart[] {
  const parts = new Map<string, ProfilePart>();
  const path: string[] = [];
  for (const { name, begin, end, depth } of spans) {
    path.length = depth;
    path.push(name);
    const key = path.join("\n");
    const part = parts.get(key) ?? { path: [...path], count: 0, totalMs: 0, selfMs: 0 };
    parts.set(key, part);
    part.count += 1;
    part.totalMs += end - begin;
    part.selfMs += end - begin;
    const parent = parts.get(path.slice(0, -1).join("\n"));
    if (parent !== undefined) parent.selfMs -= end - begin;
  }
  return inTreeOrder([...parts.values()]);
}

function inTreeOrder(parts: ProfilePart[]): ProfilePart[] {
  const under = (depth: number, parent: string): ProfilePart[] =>
    parts
      .filter(({ path }) => path.length === depth && path.slice(0, -1).join("\n") === parent)
      .flatMap((part) => [part, ...under(depth + 1, part.path.join("\n"))]);
  return under(1, "");
}
