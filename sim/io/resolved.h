/* A loaded scenario as text again: resolved.ini, `artsim show`, and the case id. */
#pragma once
#include <stdint.h>
#include "sim/io/load.h"

enum { CASE_ID_SIZE = 17 };

/* All values, one INI text that loads to the same values without any other file: the route's and the vehicle's sections
   as [route.X] and [vehicle.X], and an empty `file =` that says that these are the whole. A file that a value names and
   that is not shipped goes by the name that resolved_save gives its copy. */
void resolved_text(const Loaded *loaded, Text *out);
/* The same with the place behind each value where it was stated; only the sections named, all if there are none.
   Returns how many sections were shown. */
int resolved_show(const Loaded *loaded, const char *const *sections, int count, Text *out);
/* Writes resolved.ini and copies of the files that it names into a folder that exists. */
int resolved_save(const Loaded *loaded, const char *folder, Text *why);
/* Hash of everything that makes the result: all values of scenario, route and vehicle, the contents of the files they
   name, the model's version; without [scenario] name, about, tags and sample, without places. 16 hexadecimal digits. */
void resolved_case_id(const Loaded *loaded, const char *model_version, char id[CASE_ID_SIZE]);
