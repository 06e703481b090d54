/* Where each value of a loaded scenario was stated, for `artsim show` and for the messages of the core's checks. */
#pragma once

typedef struct Origin {
    int part;            /* LoadPart */
    const char *section; /* of that part: "axle.3" */
    const char *key;     /* "" for the section's own line */
    const char *written; /* the section as stated: "vehicle.axle.3" */
    const char *file;    /* as messages show it */
    int line;            /* 0 for --set */
} Origin;

typedef struct Origins {
    Origin *items;
    int count, capacity;
} Origins;

/* The texts are kept by the caller. */
void origins_add(Origins *origins, Origin origin);
/* Null when the value is a default. */
const Origin *origins_find(const Origins *origins, int part, const char *section, const char *key);
void origins_free(Origins *origins);
