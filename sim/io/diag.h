/* Mistakes of the user, collected so that all of a file are shown at once, each as
       file:line: [section] key: what is wrong, what would be right (did you mean "...?")                        */
#pragma once
#include <stdio.h>
#include "sim/io/text.h"

/* Where a mistake is; any part may be missing (null, 0 or ""). */
typedef struct Place {
    const char *file;
    int line;
    const char *section, *key;
} Place;

typedef struct DiagMessage {
    char *file; /* for sorting */
    int line;
    int order;  /* as it was added */
    char *section; /* as written; "" when the mistake is in none */
    char *text;    /* the whole message, without newline */
} DiagMessage;

enum { DIAG_MAX = 1000 }; /* messages kept; the rest is counted */

typedef struct Diag {
    DiagMessage *items;
    int count, capacity;
    long long dropped;
} Diag;

/* What stands before the words of a message: "file:line: [section] key: ". */
void diag_place(Place place, Text *out);
/* Adds one message, joined from `parts`, a null-terminated list. */
void diag_add(Diag *diag, Place place, const char *const *parts);
#define DIAG_ADD(diag, place, ...) diag_add((diag), (place), (const char *const[]){__VA_ARGS__, NULL})
/* Mistakes so far, those that were only counted included. */
long long diag_count(const Diag *diag);
/* Has a section a mistake, or, with "", something outside of all sections? 1 also when mistakes were only counted. */
int diag_mentions(const Diag *diag, const char *section);
/* All messages, one a line, by file, line and order of discovery. */
void diag_text(Diag *diag, Text *out);
void diag_print(Diag *diag, FILE *stream);
void diag_free(Diag *diag);

/* The nearest of many words: the shortest that goes on from the whole word with "_" (speed: speed_mps), else by edit
   distance (insert, delete, replace, swap of neighbours; case ignored). */
typedef struct Nearest {
    const char *word;
    char best[128]; /* "" while none is near enough */
    char longer[128]; /* "" while none goes on */
    int distance;
} Nearest;

Nearest nearest_begin(const char *word);
void nearest_try(Nearest *nearest, const char *candidate);
/* " (did you mean "x"?)" or "". */
void nearest_text(const Nearest *nearest, Text *out);
