/* Section patterns: "weather" fits itself, "axle.#" a number from 1 without leading zeros, "stop.*" any name. Ignores:
   whether numbers have gaps (sim/io/param_ini.c sees the file as a whole). */
#include "sim/io/param_section.h"
#include <limits.h>
#include <string.h>
#include "sim/io/diag.h"

SectionKind section_kind(const ParamSection *section)
{
    size_t length = strlen(section->pattern);
    char last = length ? section->pattern[length - 1] : '\0';
    return last == '#' ? SECTION_NUMBERED : last == '*' ? SECTION_NAMED : SECTION_SINGLE;
}

static size_t stem_length(const ParamSection *section)
{
    return strlen(section->pattern) - 1;
}

static int number_of(const char *text)
{
    if (*text < '1' || *text > '9') return 0;
    long long number = 0;
    for (; *text; text++) {
        if (*text < '0' || *text > '9') return 0;
        if (number < INT_MAX) number = 10 * number + (*text - '0');
    }
    return number < INT_MAX ? (int)number : INT_MAX;
}

SectionMatch section_match(const ParamSchema *schema, const char *name)
{
    SectionMatch match = {0};
    size_t longest = 0;
    for (int i = 0; i < schema->count; i++) {
        const ParamSection *section = &schema->sections[i];
        SectionKind kind = section_kind(section);
        if (kind == SECTION_SINGLE) {
            if (strcmp(section->pattern, name) == 0) return (SectionMatch){.section = section};
            continue;
        }
        size_t stem = stem_length(section);
        if (stem < longest || strncmp(section->pattern, name, stem) != 0 || name[stem] == '\0') continue;
        const char *rest = name + stem;
        /* of two with the same stem a number belongs to the numbered one, a name to the other */
        int worse = kind == SECTION_NUMBERED ? number_of(rest) == 0 : match.number > 0;
        if (match.section && stem == longest && worse) continue;
        match = (SectionMatch){.section = section, .kind = kind};
        if (kind == SECTION_NUMBERED) match.number = number_of(rest);
        if (kind == SECTION_NAMED) match.name = rest;
        longest = stem;
    }
    return match;
}

int section_first(const ParamSection *section)
{
    return section->first ? section->first : 1;
}

void *section_struct(const ParamSection *section, void *target, int index)
{
    return (unsigned char *)target + section->offset + (size_t)index * section->stride;
}

int section_count(const ParamSection *section, const void *target)
{
    if (section_kind(section) == SECTION_SINGLE) return 1;
    int32_t count;
    memcpy(&count, (const unsigned char *)target + section->count_offset, sizeof count);
    return count;
}

void section_name(const ParamSection *section, const void *target, int index, Text *name)
{
    SectionKind kind = section_kind(section);
    if (kind == SECTION_SINGLE) {
        text_add(name, section->pattern);
        return;
    }
    text_add_bytes(name, section->pattern, stem_length(section));
    if (kind == SECTION_NUMBERED) {
        text_add_int(name, index + section_first(section));
    } else {
        size_t place = section->offset + (size_t)index * section->stride + section->name_offset;
        text_add(name, (const char *)target + place);
    }
}

/* A pattern as a candidate for a wrong name: what follows the stem is taken over from the wrong name, or added where
   that has nothing. */
static void candidate_try(const ParamSection *section, const char *name, const char *prefix, Nearest *nearest)
{
    Text candidate = {0};
    text_add(&candidate, prefix);
    SectionKind kind = section_kind(section);
    if (kind == SECTION_SINGLE) {
        text_add(&candidate, section->pattern);
        nearest_try(nearest, candidate.bytes);
        text_free(&candidate);
        return;
    }
    size_t stem = stem_length(section);
    const char *dot = kind == SECTION_NUMBERED ? strrchr(name, '.') : strchr(name, '.');
    int complete = dot && dot[1] && (kind == SECTION_NAMED || number_of(dot + 1) > 0);
    text_add_bytes(&candidate, section->pattern, complete ? stem : stem - 1);
    if (complete) text_add(&candidate, dot + 1);
    int before = nearest->distance;
    nearest_try(nearest, candidate.bytes);
    if (!complete && nearest->distance < before && candidate.size + sizeof ".NAME" <= sizeof nearest->best) {
        strcat(nearest->best, kind == SECTION_NUMBERED ? ".1" : ".NAME");
    }
    text_free(&candidate);
}

void section_suggest(const ParamSchema *schema, const char *name, const char *prefix, Text *out)
{
    Text word = {0};
    text_add(&word, prefix);
    text_add(&word, name);
    Nearest nearest = nearest_begin(word.bytes);
    for (int i = 0; i < schema->count; i++) candidate_try(&schema->sections[i], name, prefix, &nearest);
    nearest_text(&nearest, out);
    text_free(&word);
    if (nearest.best[0]) return;
    text_add(out, "; a ");
    text_add(out, schema->kind);
    text_add(out, " has ");
    for (int i = 0; i < schema->count; i++) {
        text_add(out, i ? ", " : "");
        text_add(out, prefix);
        text_add(out, schema->sections[i].pattern);
    }
}
