/* artsim keys: the parameter tables and the catalogue of signals, as text, markdown (the tables of the READMEs) or
   JSON. Everything comes from the rows that the loader reads, so nothing here can drift from it. Ignores: values in
   files. */
#include <stdio.h>
#include <string.h>
#include "sim/cli/args.h"
#include "sim/cli/commands.h"
#include "sim/cli/exit_codes.h"
#include "sim/cli/keys_text.h"
#include "sim/io/diag.h"
#include "sim/io/schemas.h"

const char cmd_keys_help[] =
    "usage: artsim keys [scenario|route|vehicle] [SECTION...] [--markdown|--json]\n"
    "       artsim keys --signals|--faults [--markdown|--json]\n"
    "Lists what may stand in a file: each key with its default, its limits, its meaning and the source of the "
    "default.\n"
    "LIVE keys may be changed while a run goes on. --signals lists what a run shows: signals and metrics;\n"
    "--faults lists what may fail, for [fault.NAME].\n"
    "SECTION is a section or its first part.\n"
    "examples: artsim keys vehicle axle\n"
    "          artsim keys scenario --markdown\n";

/* "axle", "axle.#" and "axle.2" all select the pattern "axle.#". */
static int section_selected(const ParamSection *section, const char *word)
{
    size_t length = strlen(word);
    const char *pattern = section->pattern;
    if (strncmp(pattern, word, length) == 0 && (pattern[length] == '\0' || pattern[length] == '.')) return 1;
    const ParamSchema one = {.sections = section, .count = 1};
    return section_match(&one, word).section != NULL;
}

static int is_selected(const ParamSection *section, const Args *args, int first)
{
    for (int i = first; i < args->word_count; i++) {
        if (section_selected(section, args->words[i])) return 1;
    }
    return first >= args->word_count;
}

static int refuse_section(const Args *args, int index)
{
    const char *word = args->words[index];
    Nearest nearest = nearest_begin(word);
    for (int part = 0; part < LOAD_PARTS; part++) {
        const ParamSchema *schema = art_kit.schemas[part];
        nearest_try(&nearest, schema->kind);
        for (int i = 0; i < schema->count; i++) {
            /* without the last ".#" or ".*" */
            const ParamSection *section = &schema->sections[i];
            size_t length = strlen(section->pattern) - (section_kind(section) == SECTION_SINGLE ? 0 : 2);
            Text stem = {0};
            text_add_bytes(&stem, section->pattern, length);
            nearest_try(&nearest, stem.bytes);
            text_free(&stem);
        }
    }
    Text hint = {0};
    nearest_text(&nearest, &hint);
    fprintf(stderr, "artsim keys: no section \"%s\"%s\n", word, text_bytes(&hint));
    text_free(&hint);
    return ART_EXIT_NOTHING;
}

/* 1 when the word selects a section of the part, of any part when it is negative. */
static int word_selects(const char *word, int only)
{
    for (int part = 0; part < LOAD_PARTS; part++) {
        const ParamSchema *schema = art_kit.schemas[part];
        for (int i = 0; i < schema->count && (only < 0 || only == part); i++) {
            if (section_selected(&schema->sections[i], word)) return 1;
        }
    }
    return 0;
}

static int keys_list(const Args *args, KeysStyle style, Text *out)
{
    int first = 0, only = -1, listed = 0;
    for (int part = 0; part < LOAD_PARTS; part++) {
        if (args->word_count && strcmp(args->words[0], art_kit.schemas[part]->kind) == 0) only = part;
    }
    if (only >= 0) first = 1;
    for (int i = first; i < args->word_count; i++) {
        if (!word_selects(args->words[i], only)) return refuse_section(args, i);
    }
    for (int part = 0; part < LOAD_PARTS; part++) {
        const ParamSchema *schema = art_kit.schemas[part];
        int headed = 0;
        for (int i = 0; i < schema->count && (only < 0 || only == part); i++) {
            if (!is_selected(&schema->sections[i], args, first)) continue;
            if (!headed++) keys_schema(schema, style, out);
            keys_section(schema, &schema->sections[i], style, listed++, out);
        }
    }
    return ART_EXIT_PASSED;
}

static int list(const Args *args)
{
    int markdown = args_value(args, "--markdown") != NULL, json = args_value(args, "--json") != NULL;
    int signals = args_value(args, "--signals") != NULL, faults = args_value(args, "--faults") != NULL;
    if (markdown && json) {
        fputs("artsim keys: --markdown or --json, not both\n", stderr);
        return ART_EXIT_MISUSE;
    }
    if ((signals || faults) && args->word_count) {
        fprintf(stderr, "artsim keys: %s lists all; what is \"%s\"?\n", signals ? "--signals" : "--faults",
                args->words[0]);
        return ART_EXIT_MISUSE;
    }
    KeysStyle style = json ? KEYS_JSON : markdown ? KEYS_MARKDOWN : KEYS_PLAIN;
    Text out = {0};
    int code = ART_EXIT_PASSED;
    keys_begin(style, &out);
    if (signals) {
        keys_signals(style, &out);
    } else if (faults) {
        keys_faults(style, &out);
    } else {
        code = keys_list(args, style, &out);
    }
    keys_end(style, &out);
    if (code == ART_EXIT_PASSED) fputs(out.bytes, stdout);
    text_free(&out);
    return code;
}

int cmd_keys(int argc, char **argv)
{
    static const ArgOption options[] = {
        {"--markdown", NULL}, {"--json", NULL}, {"--signals", NULL}, {"--faults", NULL}, {NULL, NULL}};
    Args args;
    int code = args_parse(&args, argc, argv, options);
    if (code == ART_EXIT_PASSED) code = list(&args);
    args_free(&args);
    return code;
}
