/* Memory from the system on huge pages where it has them: a start touches some thousand pages of 4 KB once, and the fault of
   each costs as much as several steps of the simulation. What is never touched costs nothing but addresses. */
#define _DEFAULT_SOURCE
#include "sim/io/memory_map.h"
#include <stdint.h>
#include <sys/mman.h>
#include "sim/io/text.h"

#define HUGE_PAGE ((size_t)2 << 20) /* bytes */

static size_t whole_pages(size_t size)
{
    return (size + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
}

void *memory_map(size_t size)
{
    size_t whole = whole_pages(size);
    char *start = mmap(NULL, whole + HUGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (size > SIZE_MAX / 2 || start == MAP_FAILED) memory_fail();

    /* what lies before the first and behind the last huge page goes back */
    size_t before = whole_pages((uintptr_t)start) - (uintptr_t)start;
    if (before) munmap(start, before);
    if (before < HUGE_PAGE) munmap(start + before + whole, HUGE_PAGE - before);
#ifdef MADV_HUGEPAGE
    madvise(start + before, whole, MADV_HUGEPAGE);
#endif
    return start + before;
}

void memory_unmap(void *memory, size_t size)
{
    if (memory) munmap(memory, whole_pages(size));
}
