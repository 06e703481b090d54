/* Formatted text onto a growing Text. Ignores: pieces of 512 bytes and more, which the callers do not make. */
#include "sim/io/markup.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "sim/base/assert.h"

void markup_add(Text *out, const char *format, ...)
{
    char piece[512];
    va_list values;
    va_start(values, format);
    int length = vsnprintf(piece, sizeof piece, format, values);
    va_end(values);
    ART_ASSERT(length >= 0 && length < (int)sizeof piece);
    text_add(out, piece);
}

void markup_text(Text *out, const char *words)
{
    for (; *words; words++) {
        switch (*words) {
        case '<': text_add(out, "&lt;"); break;
        case '>': text_add(out, "&gt;"); break;
        case '&': text_add(out, "&amp;"); break;
        case '"': text_add(out, "&quot;"); break;
        default: text_add_bytes(out, words, 1); break;
        }
    }
}

void markup_name(Text *out, const char *name)
{
    while (*name) {
        size_t part = strcspn(name, "_");
        char piece[2] = {0};
        for (size_t i = 0; i < part; i++) {
            piece[0] = name[i];
            markup_text(out, piece);
        }
        name += part;
        if (*name) text_add(out, "_<wbr/>");
        name += *name != '\0';
    }
}
