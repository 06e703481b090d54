/* The list of mistakes. Suggestions by the optimal string alignment distance (Damerau 1964, restricted): a word is near
   when at most a third of its letters differ, at least one may. Ignores: words over 127 bytes, which suggest nothing.
   */
#include "sim/io/diag.h"
#include <stdlib.h>
#include <string.h>

void diag_place(Place place, Text *out)
{
    text_add(out, place.file && *place.file ? place.file : "art");
    if (place.line > 0) {
        text_add(out, ":");
        text_add_int(out, place.line);
    }
    text_add(out, ": ");
    int has_section = place.section && *place.section, has_key = place.key && *place.key;
    if (has_section) {
        text_add(out, "[");
        text_add(out, place.section);
        text_add(out, has_key ? "] " : "]: ");
    }
    if (has_key) {
        text_add(out, place.key);
        text_add(out, ": ");
    }
}

void diag_add(Diag *diag, Place place, const char *const *parts)
{
    if (diag->count >= DIAG_MAX) {
        diag->dropped++;
        return;
    }
    Text text = {0};
    diag_place(place, &text);
    for (int i = 0; parts[i]; i++) text_add(&text, parts[i]);
    diag->items = memory_room(diag->items, diag->count, &diag->capacity, sizeof *diag->items);
    diag->items[diag->count] = (DiagMessage){.file = memory_copy(place.file ? place.file : ""),
                                             .line = place.line,
                                             .order = diag->count,
                                             .section = memory_copy(place.section ? place.section : ""),
                                             .text = text.bytes};
    diag->count++;
}

long long diag_count(const Diag *diag)
{
    return diag->count + diag->dropped;
}

int diag_mentions(const Diag *diag, const char *section)
{
    int found = diag->dropped > 0;
    for (int i = 0; i < diag->count && !found; i++) found = strcmp(diag->items[i].section, section) == 0;
    return found;
}

static int message_compare(const void *left, const void *right)
{
    const DiagMessage *a = left, *b = right;
    int files = strcmp(a->file, b->file);
    if (files) return files;
    if (a->line != b->line) return a->line < b->line ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

void diag_text(Diag *diag, Text *out)
{
    if (diag->count) qsort(diag->items, (size_t)diag->count, sizeof *diag->items, message_compare);
    for (int i = 0; i < diag->count; i++) {
        text_add(out, diag->items[i].text);
        text_add(out, "\n");
    }
    if (diag->dropped) {
        text_add(out, "and ");
        text_add_int(out, diag->dropped);
        text_add(out, " more mistakes\n");
    }
}

void diag_print(Diag *diag, FILE *stream)
{
    Text text = {0};
    diag_text(diag, &text);
    fputs(text_bytes(&text), stream);
    text_free(&text);
}

void diag_free(Diag *diag)
{
    for (int i = 0; i < diag->count; i++) {
        free(diag->items[i].file);
        free(diag->items[i].section);
        free(diag->items[i].text);
    }
    free(diag->items);
    *diag = (Diag){0};
}

static int lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* The distance, or the limit where it is no less. Three rows of the matrix are enough: the last one and, for swaps, the
   one before it; once two rows running are at the limit everywhere, no later one gets below it. */
static int edit_distance(const char *a, int a_length, const char *b, int b_length, int limit)
{
    int rows[3][128], last_least = 0;
    if (abs(a_length - b_length) >= limit) return limit;
    for (int j = 0; j <= b_length; j++) rows[0][j] = j;
    for (int i = 1; i <= a_length; i++) {
        int *now = rows[i % 3], *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3], row_least = i;
        now[0] = i;
        for (int j = 1; j <= b_length; j++) {
            int same = lower(a[i - 1]) == lower(b[j - 1]);
            now[j] = least(least(last[j], now[j - 1]) + 1, last[j - 1] + !same);
            int swapped = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
            if (swapped) now[j] = least(now[j], before[j - 2] + 1);
            row_least = least(row_least, now[j]);
        }
        if (least(row_least, last_least) >= limit) return limit;
        last_least = row_least;
    }
    return least(rows[a_length % 3][b_length], limit);
}

Nearest nearest_begin(const char *word)
{
    size_t length = strlen(word);
    int limit = length < 3 ? 1 : (int)(length / 3);
    return (Nearest){.word = length < sizeof((Nearest){0}.best) ? word : NULL, .distance = limit + 1};
}

void nearest_try(Nearest *nearest, const char *candidate)
{
    size_t length = strlen(candidate);
    if (!nearest->word || length >= sizeof nearest->best) return;
    size_t stem = strlen(nearest->word);
    if (stem && strncmp(candidate, nearest->word, stem) == 0 && candidate[stem] == '_' &&
        (!nearest->longer[0] || length < strlen(nearest->longer))) {
        memcpy(nearest->longer, candidate, length + 1);
    }
    int distance = edit_distance(nearest->word, (int)strlen(nearest->word), candidate, (int)length, nearest->distance);
    /* a word of which nothing is left is no suggestion */
    if (distance >= nearest->distance || distance >= (int)length) return;
    nearest->distance = distance;
    memcpy(nearest->best, candidate, length + 1);
}

void nearest_text(const Nearest *nearest, Text *out)
{
    const char *offered = nearest->longer[0] && nearest->distance > 1 ? nearest->longer : nearest->best;
    if (!offered[0]) return;
    text_add(out, " (did you mean \"");
    text_add(out, offered);
    text_add(out, "\"?)");
}
