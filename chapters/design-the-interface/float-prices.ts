// #region prices
/** A seller comes to a price by raising the offer tick by tick; a buyer names the same price outright. */
export function pricesAsFractions(ticks: number, ticksPerUnit: number): { ask: number; bid: number } {
  let ask = 0;
  for (let tick = 0; tick < ticks; tick++) ask += 1 / ticksPerUnit;
  return { ask, bid: ticks / ticksPerUnit };
}

/** The same two, counted in ticks. */
export function pricesAsTicks(ticks: number): { ask: number; bid: number } {
  let ask = 0;
  for (let tick = 0; tick < ticks; tick++) ask += 1;
  return { ask, bid: ticks };
}

export function trades({ ask, bid }: { ask: number; bid: number }): boolean {
  return bid >= ask;
}
// #endregion prices

const verdict = (prices: { ask: number; bid: number }): string => (trades(prices) ? "they trade" : "they do not trade");

/** What the demonstration prints, the same in both languages. @param ticks from 1 on @param ticksPerUnit from 1 on */
export function showPrices(ticks: number, ticksPerUnit: number): string[] {
  const fractions = pricesAsFractions(ticks, ticksPerUnit);
  const whole = pricesAsTicks(ticks);
  let apart = 0;
  let missed = 0;
  for (let price = 1; price <= 1000; price++) {
    const pair = pricesAsFractions(price, ticksPerUnit);
    if (pair.ask !== pair.bid) apart++;
    if (!trades(pair)) missed++;
  }
  return [
    `fractions: ask ${fractions.ask.toFixed(17)}, bid ${fractions.bid.toFixed(17)}: ${verdict(fractions)}`,
    `ticks:     ask ${whole.ask}, bid ${whole.bid}: ${verdict(whole)}`,
    `of the first 1000 prices, ${apart} are two different fractions, and ${missed} miss a trade`,
  ];
}
