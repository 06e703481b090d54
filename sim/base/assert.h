/* ART_ASSERT: the programmer's own mistakes, checked in optimised builds too. */
#pragma once

/* Called with the failed expression; prints nothing itself. The program that links the core may replace the
   handler; the default stops the process with SIGABRT's cousin, a trap instruction. */
typedef void (*ArtAssertHandler)(const char *expression, const char *file, int line);
void art_assert_set_handler(ArtAssertHandler handler);
_Noreturn void art_assert_failed(const char *expression, const char *file, int line);

#define ART_ASSERT(expression) ((expression) ? (void)0 : art_assert_failed(#expression, __FILE__, __LINE__))
