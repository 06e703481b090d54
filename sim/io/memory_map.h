/* One large block of zeros for as long as a run lasts. */
#pragma once
#include <stddef.h>

/* Zeros, at the start of a page; no memory ends the program as memory_new does. */
void *memory_map(size_t size);
void memory_unmap(void *memory, size_t size);
