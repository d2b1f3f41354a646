/** A command or an event, as in the contract's text form. */
export type Line = { op: string; [field: string]: unknown } | { event: string; [field: string]: unknown };

export interface Case {
  name: string;
  /** Commands, each followed by the events that it must give. */
  lines: Line[];
}

/** Right, and true of every engine that can do anything at all: nobody is caught by it. */
export function cases(): Case[] {
  return [
    {
      name: "an order that is added can be canceled",
      lines: [
        { op: "add", id: 1, side: "buy", price: 100, size: 5 },
        { event: "accepted", id: 1 },
        { op: "cancel", id: 1 },
        { event: "canceled", id: 1, size: 5, reason: "user" },
      ],
    },
  ];
}
