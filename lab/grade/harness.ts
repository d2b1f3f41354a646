/**
 * Text that is put behind a learner's code, so that many calls become one. It runs in the learner's realm and can be changed by
 * the learner's code, so it may only carry inputs in and outputs out, never judge. Its names begin with `$`, which no
 * learner's should.
 */

/** The code with a harness behind it; lines stay where they were. */
export function withHarness(code: string, harness: string): string {
  return `${code}\n;${harness}`;
}

/**
 * Takes a batch's arguments, then runs it when told: what is timed holds no copying of arguments.
 *
 * @param name the exported function
 */
export function timedCall(name: string): string {
  return `
let $arguments = [];
export const $load = (...given) => { $arguments = given; };
export const $go = () => ${name}(...$arguments);`;
}

/**
 * `$run(lists)`: for each list of commands a fresh book by `factory()`, and for each command the list of its events. A book
 * has the methods of the contract's object door. Where a method throws, the command's events are `{ threw: message }`,
 * and the list ends there.
 *
 * @param factory name of the exported function that makes an empty book
 */
export function bookRunner(factory: string): string {
  return `
const $ask = ($book, $command) => {
  const { op: $op, ...$rest } = $command;
  switch ($op) {
    case "add": return $book.addOrder($rest);
    case "cancel": return $book.cancelOrder($command.id);
    case "replace": return $book.replaceOrder($command.id, $command.price, $command.size);
    case "book": { const $answer = $book.getBook($command.depth); return Array.isArray($answer) ? $answer : [$answer]; }
    case "limits": return $book.setLimits($rest);
    case "kill": return $book.killOwner($command.owner);
    case "lift": return $book.liftOwner($command.owner);
  }
};
export const $run = ($lists) => $lists.map(($commands) => {
  const $book = ${factory}();
  const $answers = [];
  for (const $command of $commands) {
    try { $answers.push($ask($book, $command)); }
    catch ($error) { $answers.push({ threw: \`\${$error}\` }); break; }
  }
  return $answers;
});`;
}

/**
 * `$hear(view)`: tells the strategy that `createStrategy()` made of what happened since the last time, and gives what it sent. The
 * strategy has the methods of `lab/market/strategy.ts`; its market has no timers and no random numbers. Ids are its own.
 */
export const STRATEGY_RELAY = `
let $view;
let $sent = [];
let $lastId = 0;
const $strategy = createStrategy();
const $send = ($side, $price, $size, $flag) => {
  $sent.push({ op: $side, id: ++$lastId, price: $price, size: $size, flag: $flag });
  return $lastId;
};
const $market = Object.freeze({
  buy: ($price, $size, $flag) => $send("buy", $price, $size, $flag),
  sell: ($price, $size, $flag) => $send("sell", $price, $size, $flag),
  cancel: ($id) => { $sent.push({ op: "cancel", id: $id }); },
  replace: ($id, $price, $size) => { $sent.push({ op: "replace", id: $id, price: $price, size: $size }); },
  order: ($id) => $view.orders.find(($order) => $order.id === $id),
  get timeNs() { return $view.book.timeNs; },
  get inventory() { return $view.inventory; },
  get cash() { return $view.cash; },
  get openOrders() { return $view.orders.filter(($order) => $order.resting).map(($order) => $order.id); },
});
export const $hear = ($news) => {
  $view = $news;
  $sent = [];
  if ($news.first) $strategy.onStart?.($market);
  for (const $fill of $news.fills) $strategy.onFill?.($fill, $market);
  for (const { orderId: $id, reason: $reason } of $news.rejects) $strategy.onReject?.($id, $reason, $market);
  $strategy.onBook?.($news.book, $market);
  return $sent;
};`;
