// What Embedded Swift expects of a C library. An instance serves one check and is thrown away, so
// memory is handed out and never taken back.
#if defined(__wasm__)

#include <stddef.h>
#include <stdint.h>

enum { page_size = 65536, out_of_memory = 12 };

extern unsigned char __heap_base;

static uintptr_t next;

int posix_memalign(void **result, size_t alignment, size_t size) {
  uintptr_t start = next ? next : (uintptr_t)&__heap_base;
  start = (start + alignment - 1) & ~(uintptr_t)(alignment - 1);
  uintptr_t end = start + size;
  if (end < start) return out_of_memory;
  uintptr_t available = (uintptr_t)__builtin_wasm_memory_size(0) * page_size;
  // The last page of 4 GiB makes `available` wrap to 0: there is nothing beyond it to ask for.
  if (available != 0 && end > available) {
    size_t pages = (end - available + page_size - 1) / page_size;
    if (__builtin_wasm_memory_grow(0, pages) == (size_t)-1) return out_of_memory;
  }
  next = end;
  *result = (void *)start;
  return 0;
}

void free(void *pointer) { (void)pointer; }

// With bulk memory the built-ins are instructions, not calls of these functions.
void *memcpy(void *restrict to, const void *restrict from, size_t count) {
  return __builtin_memcpy(to, from, count);
}

void *memmove(void *to, const void *from, size_t count) {
  return __builtin_memmove(to, from, count);
}

void *memset(void *to, int byte, size_t count) { return __builtin_memset(to, byte, count); }

int memcmp(const void *left, const void *right, size_t count) {
  const unsigned char *a = left;
  const unsigned char *b = right;
  for (size_t index = 0; index < count; index++) {
    if (a[index] != b[index]) return a[index] < b[index] ? -1 : 1;
  }
  return 0;
}

/// Seeds hashing; constant, so that every run is the same.
void arc4random_buf(void *buffer, size_t count) { __builtin_memset(buffer, 0x5A, count); }

/// The product of two 128-bit numbers, which the compiler calls for full-width multiplication.
__int128 __multi3(__int128 left, __int128 right) {
  const uint64_t low = 0xFFFFFFFF;
  uint64_t a = (uint64_t)left, b = (uint64_t)right;
  uint64_t a_high = (uint64_t)((unsigned __int128)left >> 64);
  uint64_t b_high = (uint64_t)((unsigned __int128)right >> 64);
  uint64_t bottom = (a & low) * (b & low);
  uint64_t middle = (a >> 32) * (b & low) + (bottom >> 32);
  uint64_t other = (a & low) * (b >> 32) + (middle & low);
  uint64_t top = (a >> 32) * (b >> 32) + (middle >> 32) + (other >> 32);
  top += a_high * b + a * b_high;
  return (__int128)((unsigned __int128)top << 64 | other << 32 | (bottom & low));
}

#endif
