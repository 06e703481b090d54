/* Parameter tables: one row describes a parameter once, and the loader, the range check, `artsim keys`,
   `artsim show` and the README tables are generic readers of the row. */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include "sim/base/limits.h"

typedef enum ParamType {
    PARAM_REAL,   /* double, SI */
    PARAM_INT,    /* int32_t */
    PARAM_CHOICE, /* int32_t, index into `choices` */
    PARAM_TEXT,   /* char[text_size], UTF-8, NUL-terminated */
    PARAM_PATH    /* char[ART_PATH_MAX]; the reader resolves it against the file that names it */
} ParamType;

enum {
    PARAM_LIVE = 1,    /* may be changed while a run goes on: events, keys in the window, reload */
    PARAM_REQUIRED = 2 /* the section is refused without it */
};

typedef struct ParamField {
    const char *key;
    ParamType type;
    const char *unit; /* unit of fallback, minimum, maximum and of bare numbers; "1" = none */
    double fallback, minimum, maximum;
    const char *const *choices; /* PARAM_CHOICE: null-terminated */
    const char *fallback_text;  /* PARAM_TEXT, PARAM_PATH: null = empty */
    size_t offset;              /* in the struct the table describes */
    size_t text_size;           /* PARAM_TEXT */
    unsigned flags;
    const char *meaning; /* one line */
    const char *source;  /* where the default comes from: "MODEL 4 [I]" */
} ParamField;

typedef struct ParamTable {
    const char *about; /* one line on the section */
    const ParamField *fields;
    int count;
    size_t size; /* of the struct */
} ParamTable;

/* A section of a file: single ("vehicle"), numbered ("axle.#", from `first` or 1) or named ("stop.*"). */
typedef struct ParamSection {
    const char *pattern;
    const ParamTable *table;
    size_t offset;       /* of the (first) struct in the file's struct */
    size_t stride;       /* numbered and named: between two structs */
    int max;             /* how many; 1 for a single section */
    int first;           /* numbered: the first number, where it is not 1 */
    size_t count_offset; /* numbered and named: of an int32_t that counts them */
    size_t name_offset;  /* named: of a char[ART_NAME_MAX] in each struct */
} ParamSection;

typedef struct ParamSchema {
    const char *kind; /* "vehicle", "route", "scenario" */
    const ParamSection *sections;
    int count;
    size_t size;
} ParamSchema;

extern const char *const param_no_yes[]; /* {"no", "yes", NULL} */

/* Row builders; STRUCT and MEMBER give the offset. */
#define PARAM_ROW_REAL(STRUCT, MEMBER, KEY, UNIT, FALLBACK, MIN, MAX, FLAGS, MEANING, SOURCE) \
    {.key = (KEY), .type = PARAM_REAL, .unit = (UNIT), .fallback = (FALLBACK), .minimum = (MIN), .maximum = (MAX), \
     .offset = offsetof(STRUCT, MEMBER), .flags = (FLAGS), .meaning = (MEANING), .source = (SOURCE)}
#define PARAM_ROW_INT(STRUCT, MEMBER, KEY, FALLBACK, MIN, MAX, FLAGS, MEANING, SOURCE) \
    {.key = (KEY), .type = PARAM_INT, .unit = "1", .fallback = (FALLBACK), .minimum = (MIN), .maximum = (MAX), \
     .offset = offsetof(STRUCT, MEMBER), .flags = (FLAGS), .meaning = (MEANING), .source = (SOURCE)}
#define PARAM_ROW_CHOICE(STRUCT, MEMBER, KEY, CHOICES, FALLBACK, FLAGS, MEANING, SOURCE) \
    {.key = (KEY), .type = PARAM_CHOICE, .unit = "1", .choices = (CHOICES), .fallback = (FALLBACK), \
     .offset = offsetof(STRUCT, MEMBER), .flags = (FLAGS), .meaning = (MEANING), .source = (SOURCE)}
#define PARAM_ROW_TEXT(STRUCT, MEMBER, KEY, FALLBACK, FLAGS, MEANING) \
    {.key = (KEY), .type = PARAM_TEXT, .unit = "1", .fallback_text = (FALLBACK), .offset = offsetof(STRUCT, MEMBER), \
     .text_size = sizeof(((STRUCT *)0)->MEMBER), .flags = (FLAGS), .meaning = (MEANING), .source = ""}
#define PARAM_ROW_PATH(STRUCT, MEMBER, KEY, FALLBACK, FLAGS, MEANING) \
    {.key = (KEY), .type = PARAM_PATH, .unit = "1", .fallback_text = (FALLBACK), .offset = offsetof(STRUCT, MEMBER), \
     .text_size = ART_PATH_MAX, .flags = (FLAGS), .meaning = (MEANING), .source = ""}
#define PARAM_TABLE(STRUCT, FIELDS, ABOUT) \
    {.about = (ABOUT), .fields = (FIELDS), .count = (int)(sizeof(FIELDS) / sizeof((FIELDS)[0])), .size = sizeof(STRUCT)}

/* Fills the struct with the table's defaults, in SI; every other byte is zero. */
void param_defaults(const ParamTable *table, void *target);
/* Fills a whole file's struct: single sections by their tables' defaults, counts 0. */
void param_schema_defaults(const ParamSchema *schema, void *target);
/* The same of a target that is all zero. */
void param_schema_begin(const ParamSchema *schema, void *zeros);
/* The row with that key, or a null pointer. */
const ParamField *param_find(const ParamTable *table, const char *key);
/* A field's value in SI; PARAM_INT and PARAM_CHOICE as a double. */
double param_get(const ParamField *field, const void *target);
