/** What the caller hands over: any field may be left out, and may hold anything. */
export interface NewOrder {
  id?: unknown;
  side?: unknown;
  type?: unknown;
  price?: unknown;
  size?: unknown;
  tif?: unknown;
  postOnly?: unknown;
  owner?: unknown;
  stp?: unknown;
}

/** An event of the contract, its keys in the contract's order. */
export type Event = { event: string; [field: string]: unknown };

export interface Book {
  addOrder(order: NewOrder): Event[];
  cancelOrder(id: unknown): Event[];
  replaceOrder(id: unknown, price: unknown, size: unknown): Event[];
  getBook(depth?: unknown): Event;
}

/** Takes every order and forgets it. */
export function createBook(): Book {
  return {
    addOrder: ({ id }) => [{ event: "accepted", id }],
    cancelOrder: (id) => [{ event: "canceled", id, size: 0, reason: "user" }],
    replaceOrder: (id, price, size) => [{ event: "replaced", id, price, size }],
    getBook: () => ({ event: "book", bids: [], asks: [] }),
  };
}
