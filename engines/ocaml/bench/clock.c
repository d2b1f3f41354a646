/* A clock that steps by nanoseconds, which the language's own library lacks. */
#include <caml/mlvalues.h>
#include <stdint.h>

#ifdef _WIN32
#include <windows.h>

static int64_t read_ns(void) {
  LARGE_INTEGER steps, second;
  QueryPerformanceCounter(&steps);
  QueryPerformanceFrequency(&second);
  /* Whole seconds first: the product of all steps would leave 64 bits. */
  return steps.QuadPart / second.QuadPart * 1000000000 + steps.QuadPart % second.QuadPart * 1000000000 / second.QuadPart;
}
#else
#include <time.h>

static int64_t read_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}
#endif

intnat hotpath_now_ns(value unit) {
  (void)unit;
  return (intnat)read_ns();
}

value hotpath_now_ns_boxed(value unit) { return Val_long(hotpath_now_ns(unit)); }
