/* A list of origins. Ignores: speed; a few hundred are searched only for `show` and for complaints. */
#include "sim/io/origins.h"
#include <stdlib.h>
#include <string.h>
#include "sim/io/text.h"

void origins_add(Origins *origins, Origin origin)
{
    origins->items = memory_room(origins->items, origins->count, &origins->capacity, sizeof *origins->items);
    origins->items[origins->count++] = origin;
}

const Origin *origins_find(const Origins *origins, int part, const char *section, const char *key)
{
    for (int i = 0; i < origins->count; i++) {
        const Origin *origin = &origins->items[i];
        if (origin->part != part || strcmp(origin->key, key) != 0) continue;
        if (strcmp(origin->section, section) == 0) return origin;
    }
    return NULL;
}

void origins_free(Origins *origins)
{
    free(origins->items);
    *origins = (Origins){0};
}
