/* Command-line words. Ignores: short options in one word, as -ab; there are none but -j, which its verb lists as "-j". */
#include "sim/cli/args.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "sim/cli/exit_codes.h"
#include "sim/io/diag.h"
#include "sim/io/paths.h"

/* The option of that name, which ends at "=" or at the end of the word. */
static const ArgOption *option_find(const ArgOption *options, const char *word)
{
    size_t length = strcspn(word, "=");
    for (const ArgOption *option = options; option->name; option++) {
        if (strlen(option->name) == length && strncmp(option->name, word, length) == 0) return option;
    }
    return NULL;
}

/* A short option with its value in the same word, as -j4. */
static const ArgOption *short_find(const ArgOption *options, const char *word)
{
    for (const ArgOption *option = options; option->name && word[1] != '-'; option++) {
        if (option->value && strlen(option->name) == 2 && option->name[1] == word[1]) return option;
    }
    return NULL;
}

static int refuse_unknown(const char *verb, const char *word, const ArgOption *options)
{
    Text hint = {0};
    Nearest nearest = nearest_begin(word);
    for (const ArgOption *option = options; option->name; option++) nearest_try(&nearest, option->name);
    nearest_text(&nearest, &hint);
    fprintf(stderr, "artsim %s: unknown option %s%s\n", verb, word, text_bytes(&hint));
    text_free(&hint);
    return ART_EXIT_MISUSE;
}

/* Says what is wrong with a value that no verb could take, or nothing. */
static const char *value_wrong(const char *name, const char *value)
{
    if (!*value) return "needs a value that is not empty";
    const char *equals = strchr(value, '='), *dot = strchr(value, '.');
    if (strcmp(name, "--set") == 0 && (!equals || !dot || dot > equals || dot == value || dot + 1 == equals))
        return "wants section.key=value";
    struct stat info;
    if (strcmp(name, "--root") == 0 && (stat(value, &info) != 0 || !S_ISDIR(info.st_mode))) return "wants a folder that exists";
    if (strcmp(name, "--seed") == 0 && value[strspn(value, "0123456789")]) return "wants a whole number, 0 or more";
    return NULL;
}

/* Takes one option, with its value from the same or the next word; returns ART_EXIT_... */
static int option_take(Args *args, const ArgOption *option, int argc, char **argv, int *index)
{
    const char *equals = strchr(argv[*index], '=');
    ArgFound found = {option, equals ? equals + 1 : NULL};
    if (strlen(option->name) == 2 && argv[*index][2] && !equals) {
        found.value = argv[*index] + 2;
        args->found[args->found_count++] = found;
        return ART_EXIT_PASSED;
    }
    if (equals && !option->value) {
        fprintf(stderr, "artsim %s: %s takes no value\n", argv[0], option->name);
        return ART_EXIT_MISUSE;
    }
    if (option->value && !equals) {
        if (*index + 1 >= argc) {
            fprintf(stderr, "artsim %s: %s needs a value: %s %s\n", argv[0], option->name, option->name, option->value);
            return ART_EXIT_MISUSE;
        }
        found.value = argv[++*index];
    }
    const char *wrong = option->value ? value_wrong(option->name, found.value) : NULL;
    if (wrong) {
        const char *colon = *found.value ? ": " : "";
        fprintf(stderr, "artsim %s: %s %s%s%s\n", argv[0], option->name, found.value, colon, wrong);
        return ART_EXIT_MISUSE;
    }
    args->found[args->found_count++] = found;
    return ART_EXIT_PASSED;
}

int args_parse(Args *args, int argc, char **argv, const ArgOption *options)
{
    *args = (Args){.words = memory_new((size_t)argc * sizeof *args->words),
                   .found = memory_new((size_t)argc * sizeof *args->found)};
    int open = 1;
    for (int i = 1; i < argc; i++) {
        const char *word = argv[i];
        if (!open || word[0] != '-' || word[1] == '\0') {
            args->words[args->word_count++] = path_word(word);
        } else if (strcmp(word, "--") == 0) {
            open = 0;
        } else {
            const ArgOption *option = option_find(options, word);
            if (!option) option = short_find(options, word);
            int code = option ? option_take(args, option, argc, argv, &i) : refuse_unknown(argv[0], word, options);
            if (code != ART_EXIT_PASSED) return code;
        }
    }
    return ART_EXIT_PASSED;
}

const char *args_value(const Args *args, const char *name)
{
    for (int i = args->found_count - 1; i >= 0; i--) {
        if (strcmp(args->found[i].option->name, name) == 0) return args->found[i].value ? args->found[i].value : "";
    }
    return NULL;
}

int args_values(const Args *args, const char *name, const char **values)
{
    int count = 0;
    for (int i = 0; i < args->found_count; i++) {
        if (strcmp(args->found[i].option->name, name) == 0) values[count++] = args->found[i].value;
    }
    return count;
}

void args_free(Args *args)
{
    for (int i = 0; i < args->word_count; i++) free((char *)args->words[i]);
    free(args->words);
    free(args->found);
    *args = (Args){0};
}
