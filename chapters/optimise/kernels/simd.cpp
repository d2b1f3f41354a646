// The same two pieces of work, each without SIMD and with it. Built by `npm run build:cpp` with everything else in C++.
#include <cstdint>
#include <wasm_simd128.h>

extern "C" unsigned char __heap_base;

#define EXPORT(name) extern "C" __attribute__((export_name(#name)))

/// Where the data of the caller may begin; it grows the memory itself.
EXPORT(room) unsigned char* room() { return &__heap_base; }

// #region sum-scalar
/// All sizes added up, one at a time. The compiler would make SIMD of this by itself, and is told not to.
EXPORT(sumScalar) int32_t sum_scalar(const int32_t* sizes, int32_t count) {
  uint32_t lots = 0;
#pragma clang loop vectorize(disable) interleave(disable) unroll(disable)
  for (int32_t order = 0; order < count; ++order) lots += static_cast<uint32_t>(sizes[order]);
  return static_cast<int32_t>(lots);
}
// #endregion sum-scalar

// #region sum-simd
/// Sixteen at a time, in four sums of four lanes each. `count` is a multiple of 16.
EXPORT(sumSimd) int32_t sum_simd(const int32_t* sizes, int32_t count) {
  v128_t a = wasm_i32x4_splat(0), b = a, c = a, d = a;
  for (int32_t order = 0; order < count; order += 16) {
    a = wasm_i32x4_add(a, wasm_v128_load(sizes + order));
    b = wasm_i32x4_add(b, wasm_v128_load(sizes + order + 4));
    c = wasm_i32x4_add(c, wasm_v128_load(sizes + order + 8));
    d = wasm_i32x4_add(d, wasm_v128_load(sizes + order + 12));
  }
  const v128_t lots = wasm_i32x4_add(wasm_i32x4_add(a, b), wasm_i32x4_add(c, d));
  return wasm_i32x4_extract_lane(lots, 0) + wasm_i32x4_extract_lane(lots, 1) + wasm_i32x4_extract_lane(lots, 2) +
         wasm_i32x4_extract_lane(lots, 3);
}
// #endregion sum-simd

struct alignas(16) Order {
  int32_t size, open, filled;
  int32_t next;  // a slot; −1 after the last
};

// #region walk-scalar
/// Three sums along a queue: each order says where the next one lies.
EXPORT(walkScalar) int32_t walk_scalar(const Order* orders, int32_t first) {
  uint32_t size = 0, open = 0, filled = 0;
  for (int32_t slot = first; slot >= 0; slot = orders[slot].next) {
    size += static_cast<uint32_t>(orders[slot].size);
    open += static_cast<uint32_t>(orders[slot].open);
    filled += static_cast<uint32_t>(orders[slot].filled);
  }
  return static_cast<int32_t>(size ^ open ^ filled);
}
// #endregion walk-scalar

// #region walk-simd
/// The same with one load and one addition for all three sums. The way to the next order is what it was.
EXPORT(walkSimd) int32_t walk_simd(const Order* orders, int32_t first) {
  v128_t sums = wasm_i32x4_splat(0);
  for (int32_t slot = first; slot >= 0;) {
    const v128_t order = wasm_v128_load(orders + slot);
    sums = wasm_i32x4_add(sums, order);
    slot = wasm_i32x4_extract_lane(order, 3);
  }
  return wasm_i32x4_extract_lane(sums, 0) ^ wasm_i32x4_extract_lane(sums, 1) ^ wasm_i32x4_extract_lane(sums, 2);
}
// #endregion walk-simd
