/* Fills a struct from the sections and keys of INI files by its schema. */
#pragma once
#include "sim/base/param.h"
#include "sim/io/ini_doc.h"
#include "sim/io/origins.h"
#include "sim/io/paths.h"

typedef struct ParamFill {
    const ParamSchema *schema;
    int part;         /* for the origins */
    const char *file; /* shown where a section is missing as a whole */
    const PathRoots *roots;
    Origins *origins;
    Diag *diag;
    /* of a scenario: the schemas of all kinds of files, for a section in the wrong one; may be null */
    const ParamSchema *const *kit;
    const char *const *kit_names;
    int kit_count;
} ParamFill;

/* Gives every row its default or the value that the doc states, and complains of all that does not fit: sections and
   keys that the schema does not know, gaps in numbers, values, what is required and missing. The target is all zero. */
void param_ini_fill(const ParamFill *fill, const IniDoc *doc, void *target);
