/* Names of sections against the patterns of a schema, and the structs they fill. */
#pragma once
#include "sim/base/param.h"
#include "sim/io/text.h"

typedef enum SectionKind { SECTION_SINGLE, SECTION_NUMBERED, SECTION_NAMED } SectionKind;

typedef struct SectionMatch {
    const ParamSection *section; /* null: no pattern fits */
    SectionKind kind;
    int number;       /* numbered: as written, INT_MAX for more digits than an int holds; 0 when it is no number */
    const char *name; /* named: what stands for the star */
} SectionMatch;

SectionKind section_kind(const ParamSection *section);
/* The single section of that name, else the numbered or named one with the longest stem that fits. */
SectionMatch section_match(const ParamSchema *schema, const char *name);
/* The number of a numbered section's first struct. */
int section_first(const ParamSection *section);
/* The struct with that index, from 0. */
void *section_struct(const ParamSection *section, void *target, int index);
/* How many structs are filled: 1 for a single section. */
int section_count(const ParamSection *section, const void *target);
/* The name of the section with that index: "weather", "axle.3" or "stop.Sports Centre". */
void section_name(const ParamSection *section, const void *target, int index, Text *name);
/* Suggests a section of the schema for an unknown one; `prefix` ("vehicle.") is put before it. */
void section_suggest(const ParamSchema *schema, const char *name, const char *prefix, Text *out);
