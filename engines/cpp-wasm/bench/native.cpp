// The book in a process of its own: what it costs without Wasm and without JavaScript, measured as wasm-rust/bench does.
//
//   native OPENING BATCH ROUNDS < COMMANDS
//
// COMMANDS are records of six words of 32 bits. The first OPENING of them fill a new book; the others are timed, BATCH at a time,
// in ROUNDS rounds, and then one by one. It answers with one line of JSON, which `npm run bench -- --native` reads: the hash of all
// events is in it, for a time is worth nothing without a right answer.
#include <algorithm>
#include <bit>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <vector>
#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#endif

#include "../core/book.hpp"

namespace {

using namespace hotpath;
using Clock = std::chrono::steady_clock;
using Commands = std::span<const Command>;

struct Options {
  std::size_t opening, batch, rounds;
};

std::uint32_t since(Clock::time_point started) {
  return static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - started).count());
}

// The project's hash of event records, engines/contract/hash.ts: two lanes of 32 bits, over words in order.
class EventHash {
 public:
  void add(const Events& events) {
    for (const Event& event : std::span(events.data(), events.count())) {
      for (const std::uint32_t word : event) {
        first_ = (std::rotl(first_, 5) ^ word) * 0x9E3779B1;
        second_ = (std::rotl(second_, 13) ^ word) * 0x85EBCA6B;
      }
    }
  }

  std::uint32_t first() const { return first_; }
  std::uint32_t second() const { return second_; }

 private:
  std::uint32_t first_ = 0, second_ = 0;
};

template <typename EachBatch>
void execute(Book& book, Events& events, Commands commands, std::size_t batch, EachBatch each) {
  for (std::size_t at = 0; at < commands.size(); at += batch) {
    events.clear();
    book.execute(commands.subspan(at, std::min(batch, commands.size() - at)), events);
    each();
  }
}

EventHash hashEvents(Commands commands, std::size_t batch) {
  Book book;
  Events events;
  EventHash hash;
  execute(book, events, commands, batch, [&] { hash.add(events); });
  return hash;
}

// Wall ns a command, the mean over all but the opening.
double timeBatches(Commands commands, const Options& options) {
  Book book;
  Events events;
  book.execute(commands.first(options.opening), events);
  const Commands timed = commands.subspan(options.opening);
  const auto started = Clock::now();
  execute(book, events, timed, options.batch, [] {});
  const std::chrono::duration<double, std::nano> taken = Clock::now() - started;
  return taken.count() / static_cast<double>(timed.size());
}

// The value below which that share of the readings lies. Sorts them.
std::uint32_t quantile(std::vector<std::uint32_t>& readings, double share) {
  if (readings.empty()) return 0;
  std::sort(readings.begin(), readings.end());
  const auto place = static_cast<std::size_t>(static_cast<double>(readings.size()) * share);
  return readings[std::min(place, readings.size() - 1)];
}

// What the clock itself costs: the median of readings with nothing between them, ns.
std::uint32_t clockMedian() {
  std::vector<std::uint32_t> readings(100'000);
  for (std::uint32_t& reading : readings) reading = since(Clock::now());
  return quantile(readings, 0.5);
}

// As apps/cli/bench/worker.ts tells them apart: what has no op counts as an add.
enum Kind : std::size_t { all, add, market, cancel, replace, book, kinds };
constexpr const char* names[kinds] = {"all", "add", "market", "cancel", "replace", "book"};

Kind kindOf(std::uint32_t codes) {
  switch (static_cast<Op>(codes & 0xff)) {
    case Op::cancel: return cancel;
    case Op::replace: return replace;
    case Op::book: return ::book;
    default: return (codes >> 12 & 15) == number(Type::market) ? market : add;
  }
}

// Times each command alone in a new book, the clock's median taken off, and drops the opening and the first tenth after it as warm-up.
void printSingles(Commands commands, std::size_t opening, std::uint32_t clockNs) {
  Book book;
  Events events;
  std::vector<std::uint32_t> readings[kinds];
  const std::size_t warm = opening + (commands.size() - opening) / 10;
  for (std::size_t at = 0; at < commands.size(); ++at) {
    events.clear();
    const auto started = Clock::now();
    book.execute(commands.subspan(at, 1), events);
    const std::uint32_t reading = since(started);
    if (at < warm) continue;
    const std::uint32_t net = reading - std::min(reading, clockNs);
    readings[all].push_back(net);
    readings[kindOf(commands[at].codes)].push_back(net);
  }
  for (std::size_t kind = all; kind < kinds; ++kind) {
    if (readings[kind].empty()) continue;
    std::printf(R"(%s{"op":"%s","count":%zu,"p50Ns":%u,"p99Ns":%u,"p999Ns":%u})", kind == all ? "" : ",", names[kind],
                readings[kind].size(), quantile(readings[kind], 0.5), quantile(readings[kind], 0.99), quantile(readings[kind], 0.999));
  }
}

void measure(Commands commands, const Options& options) {
  const std::uint32_t clockNs = clockMedian();
  const EventHash hash = hashEvents(commands, options.batch);
  std::printf(R"({"engine":"cpp-native","commands":%zu,"clockMedianNs":%u,"eventsHash":"%08x%08x","batchNsPerOp":[)",
              commands.size() - options.opening, clockNs, hash.first(), hash.second());
  for (std::size_t round = 0; round < options.rounds; ++round) {
    std::printf("%s%.3f", round == 0 ? "" : ",", timeBatches(commands, options));
  }
  std::printf(R"(],"latency":[)");
  printSingles(commands, options.opening, clockNs);
  std::printf("]}\n");
}

std::vector<Command> readCommands() {
#ifdef _WIN32
  _setmode(_fileno(stdin), _O_BINARY);
#endif
  std::vector<Command> commands;
  Command command;
  while (std::fread(&command, sizeof command, 1, stdin) == 1) commands.push_back(command);
  return commands;
}

}  // namespace

int main(int count, char** words) {
  Options options{};
  if (count == 4) {
    options = {std::strtoul(words[1], nullptr, 10), std::strtoul(words[2], nullptr, 10), std::strtoul(words[3], nullptr, 10)};
  }
  if (options.batch == 0 || options.rounds == 0) {
    std::fprintf(stderr, "usage: native OPENING BATCH ROUNDS < COMMANDS, each a whole number\n");
    return 2;
  }
  const std::vector<Command> commands = readCommands();
  if (commands.size() <= options.opening) {
    std::fprintf(stderr, "%zu commands on standard input: give more than the opening's %zu\n", commands.size(), options.opening);
    return 2;
  }
  measure(commands, options);
}
