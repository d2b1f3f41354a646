type Side = "buy" | "sell";
export type Reason = "owner-killed" | "max-order-size" | "price-band" | "max-open-orders" | "position-limit";

/** A limit that is left out is none. */
export interface Limits {
  owner: number;
  maxOrderSize?: number;
  maxOpenOrders?: number;
  positionLimit?: number;
  priceBand?: number;
}

export type Command =
  | { op: "add"; id: number; side: Side; type: "limit"; price: number; size: number; tif: "gtc" | "ioc"; owner: number }
  | { op: "add"; id: number; side: Side; type: "market"; size: number; owner: number }
  | { op: "replace"; id: number; price: number; size: number }
  | { op: "cancel"; id: number }
  | { op: "kill"; owner: number };

export type Event =
  | { event: "accepted"; id: number }
  | { event: "executed"; taker: number; maker: number; price: number; size: number }
  | { event: "canceled"; id: number; size: number; reason: string }
  | { event: "replaced"; id: number; price: number; size: number }
  | { event: "rejected"; op: string; id: number; reason: string };

export function createGate() {
  const limitsOf = new Map<number, Limits>();

  return {
    setLimits(limits: Limits): void {
      limitsOf.set(limits.owner, limits);
    },

    /** @returns the ids of the owner's orders in the book, the one that has rested longest first */
    killOwner(_owner: number): number[] {
      return [];
    },

    liftOwner(_owner: number): void {},

    /** Asked before the book is. @returns the first reason against an add or a replace, or null */
    check(command: Command): Reason | null {
      if (command.op !== "add") return null;
      const limits = limitsOf.get(command.owner);
      if (limits?.maxOrderSize !== undefined && command.size >= limits.maxOrderSize) return "max-order-size";
      return null;
    },

    /** What the book answered to a command that was let through, or to the cancels of a kill. */
    heard(_command: Command, _events: Event[]): void {},
  };
}
