/* ART_ASSERT's handler. The core cannot print, so the program that links it installs a handler that does; without
   one, or when the handler returns, the process stops on a trap instruction. Ignores: threads (the handler is
   installed once, before the first run). */
#include "sim/base/assert.h"

static ArtAssertHandler installed_handler;

void art_assert_set_handler(ArtAssertHandler handler)
{
    installed_handler = handler;
}

_Noreturn void art_assert_failed(const char *expression, const char *file, int line)
{
    if (installed_handler) installed_handler(expression, file, line);
    __builtin_trap();
}
