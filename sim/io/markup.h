/* Formatted pieces of a page. */
#pragma once
#include "sim/io/text.h"

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void markup_add(Text *out, const char *format, ...);
/* Text of a reader, with the characters that mean something in HTML written as such. */
void markup_text(Text *out, const char *words);
/* A name of parts with underscores, which may be broken behind these. */
void markup_name(Text *out, const char *name);
