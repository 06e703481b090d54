/* Memory from the system. What is never touched costs nothing but addresses: the tables of a run are made as far as its
   train comes. No huge pages: they would be resident whole (10 MB for the 2 MB that a start touches) and take as long to
   clear as the small ones take to fault in. */
#define _DEFAULT_SOURCE
#include "sim/io/memory_map.h"
#include <sys/mman.h>
#include "sim/io/text.h"

void *memory_map(size_t size)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) memory_fail();
#ifdef MADV_NOHUGEPAGE
    madvise(memory, size, MADV_NOHUGEPAGE);
#endif
    return memory;
}

void memory_unmap(void *memory, size_t size)
{
    if (memory) munmap(memory, size);
}
