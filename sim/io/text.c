/* Growing text and memory. Capacity doubles, so that n additions cost O(n). Ignores: shrinking. */
#include "sim/io/text.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXIT_OUT_OF_MEMORY = 4 };

_Noreturn void memory_fail(void)
{
    fputs("art: out of memory\n", stderr);
    exit(EXIT_OUT_OF_MEMORY);
}

void *memory_grow(void *old, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size) memory_fail();
    void *memory = realloc(old, count > 0 && size > 0 ? count * size : 1);
    if (!memory) memory_fail();
    return memory;
}

void *memory_new(size_t size)
{
    void *memory = calloc(1, size ? size : 1);
    if (!memory) memory_fail();
    return memory;
}

void memory_free(void *memory)
{
    free(memory);
}

char *memory_copy(const char *text)
{
    size_t size = strlen(text) + 1;
    return memcpy(memory_grow(NULL, size, 1), text, size);
}

void *memory_room(void *items, int count, int *capacity, size_t size)
{
    if (count < *capacity) return items;
    *capacity = *capacity ? 2 * *capacity : 16;
    return memory_grow(items, (size_t)*capacity, size);
}

void text_add_bytes(Text *text, const char *bytes, size_t count)
{
    if (text->capacity - text->size <= count) {
        size_t capacity = text->capacity ? text->capacity : 64;
        while (capacity - text->size <= count) {
            if (capacity > SIZE_MAX / 2) memory_fail();
            capacity *= 2;
        }
        text->bytes = memory_grow(text->bytes, capacity, 1);
        text->capacity = capacity;
    }
    if (count) memcpy(text->bytes + text->size, bytes, count);
    text->size += count;
    text->bytes[text->size] = '\0';
}

void text_add(Text *text, const char *addition)
{
    text_add_bytes(text, addition, strlen(addition));
}

void text_add_int(Text *text, long long value)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%lld", value);
    text_add(text, digits);
}

void text_pad(Text *text, size_t line_start, size_t column)
{
    while (text->size < line_start + column) text_add(text, " ");
}

void text_add_json(Text *text, const char *addition)
{
    text_add(text, "\"");
    for (const char *c = addition; *c; c++) {
        if (*c == '"' || *c == '\\') {
            text_add_bytes(text, (const char[]){'\\', *c}, 2);
        } else if ((unsigned char)*c < 0x20) {
            char code[8];
            snprintf(code, sizeof code, "\\u%04x", (unsigned)(unsigned char)*c);
            text_add(text, code);
        } else {
            text_add_bytes(text, c, 1);
        }
    }
    text_add(text, "\"");
}

const char *text_bytes(const Text *text)
{
    return text->bytes ? text->bytes : "";
}

void text_free(Text *text)
{
    free(text->bytes);
    *text = (Text){0};
}

void text_end_line(Text *text)
{
    if (text->size && text->bytes[text->size - 1] != '\n') text_add(text, "\n");
}
