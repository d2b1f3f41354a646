// The book for JavaScript: commands and events lie in this module's linear memory, where JavaScript sees them through views. Only
// integers cross the boundary, and the module imports nothing.
//
// Memory that grows detaches every view on it, and a buffer that grows moves. So each call that executes answers with the number of
// event words, or with its complement where the views must be made again.
#include <cstdlib>
#include <new>
#include <tuple>
#include <vector>

#include "book.hpp"

// Without exceptions there is no other way to say that memory ran out than to trap.
void* operator new(std::size_t bytes) {
  void* place = std::malloc(bytes);
  if (place == nullptr) __builtin_trap();
  return place;
}
void* operator new(std::size_t bytes, std::align_val_t alignment) {
  const auto mask = static_cast<std::size_t>(alignment) - 1;
  void* place = std::aligned_alloc(mask + 1, (bytes + mask) & ~mask);
  if (place == nullptr) __builtin_trap();
  return place;
}
void operator delete(void* place) noexcept { std::free(place); }
void operator delete(void* place, std::size_t) noexcept { std::free(place); }
void operator delete(void* place, std::align_val_t) noexcept { std::free(place); }
void operator delete(void* place, std::size_t, std::align_val_t) noexcept { std::free(place); }

// What libc++ calls where a container is asked for the impossible. Its own would print, and so import. Later versions promise that it
// throws nothing, and a definition must promise what its declaration does.
_LIBCPP_BEGIN_NAMESPACE_STD
[[noreturn]] void __libcpp_verbose_abort(const char*, ...) noexcept(noexcept(__libcpp_verbose_abort(""))) { __builtin_trap(); }
_LIBCPP_END_NAMESPACE_STD

namespace {

using namespace hotpath;

struct Engine {
  Book book;
  std::vector<Command> commands = std::vector<Command>(1024);
  Events events;
  // Where memory and events were when the caller looked last.
  std::size_t pages = 0;
  const Event* place = nullptr;

  int answer() {
    const int words = static_cast<int>(events.count() * std::tuple_size_v<Event>);
    if (__builtin_wasm_memory_size(0) == pages && events.data() == place) return words;
    pages = __builtin_wasm_memory_size(0);
    place = events.data();
    return ~words;
  }
};

// An instance of the module is one book.
Engine engine;

}  // namespace

#define EXPORT(name) extern "C" [[clang::export_name(name)]]

EXPORT("commands") const Command* commandsPlace() { return engine.commands.data(); }
EXPORT("command_words") std::size_t commandWords() { return engine.commands.size() * (sizeof(Command) / sizeof(std::int32_t)); }
EXPORT("events") const Event* eventsPlace() { return engine.events.data(); }
EXPORT("event_words") std::size_t eventWords() { return engine.events.capacity() * std::tuple_size_v<Event>; }

EXPORT("reserve") void reserve(std::size_t records) {
  if (records <= engine.commands.size()) return;
  // The old buffer goes first: its content needn't be kept.
  engine.commands = {};
  engine.commands = std::vector<Command>(records);
}

EXPORT("submit") int submit(std::size_t words) {
  constexpr std::size_t commandWordCount = sizeof(Command) / sizeof(std::int32_t);
  engine.events.clear();
  engine.book.execute({engine.commands.data(), words / commandWordCount}, engine.events);
  if (words % commandWordCount != 0) engine.events.rejected(Op::unknown, 0, RejectReason::unknownOp);
  return engine.answer();
}

namespace {
int one(const Command& command) {
  engine.events.clear();
  engine.book.execute(command, engine.events);
  return engine.answer();
}
}  // namespace

EXPORT("add") int add(std::uint32_t codes, int id, int price, int size, int owner) { return one({codes, id, price, size, owner, 0}); }
EXPORT("cancel") int cancel(int id) { return one({number(Op::cancel), id, 0, 0, 0, 0}); }
EXPORT("replace") int replace(int id, int price, int size) { return one({number(Op::replace), id, price, size, 0, 0}); }
EXPORT("book") int book(int depth) { return one({number(Op::book), 0, 0, depth, 0, 0}); }
