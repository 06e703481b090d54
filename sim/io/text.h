/* A growing text, always ended by NUL, and the only allocators of sim/io: they stop the program when memory ends. */
#pragma once
#include <stddef.h>

typedef struct Text {
    char *bytes; /* null while nothing was added */
    size_t size, capacity;
} Text;

void text_add(Text *text, const char *addition);
/* Ends the line that the text is in, unless it is at the start of one. */
void text_end_line(Text *text);
void text_add_bytes(Text *text, const char *bytes, size_t count);
void text_add_int(Text *text, long long value);
/* Adds blanks until the text's last line has `column` bytes. */
void text_pad(Text *text, size_t line_start, size_t column);
/* Adds the text as a JSON string with its quotes. */
void text_add_json(Text *text, const char *addition);
/* The text, "" when nothing was added. */
const char *text_bytes(const Text *text);
void text_free(Text *text);

/* Memory for `count` items of `size` bytes, the old contents kept; exits with 4 when there is none. */
void *memory_grow(void *old, size_t count, size_t size);
/* Zeroed memory. */
/* Ends the program: there is no memory. */
_Noreturn void memory_fail(void);
void *memory_new(size_t size);
void memory_free(void *memory);
char *memory_copy(const char *text);
/* Room for one more item in an array that doubles: call before items[count++]. */
void *memory_room(void *items, int count, int *capacity, size_t size);
