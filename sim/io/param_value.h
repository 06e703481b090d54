/* One value of a parameter row: from text, to text. */
#pragma once
#include "sim/base/param.h"
#include "sim/io/paths.h"

/* Sets the field of `target` from the text. `folder` is where relative paths start. Returns 0 and says why when the
   text is no value of this row. */
int param_value_set(const ParamField *field, void *target, const char *text, const PathRoots *roots, const char *folder,
                    Text *why);
/* Adds the value as an INI file states it; reads back to the same bits. */
void param_value_add(const ParamField *field, const void *target, Text *out);
/* The same for the row's default. */
void param_value_add_default(const ParamField *field, Text *out);
/* The row's limits: "0 to 120 km/h", "left, right", "" for a text. */
void param_value_add_range(const ParamField *field, Text *out);
