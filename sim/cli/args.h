/* The words of a command line after its verb: options with and without a value, and the rest. */
#pragma once

typedef struct ArgOption {
    const char *name;  /* "--set" */
    const char *value; /* what its value is, for messages; null: it takes none */
} ArgOption;

typedef struct ArgFound {
    const ArgOption *option;
    const char *value; /* null: it takes none */
} ArgFound;

typedef struct Args {
    const char **words; /* what is no option, in order; owned: @assets/ and @scenarios/ are the shipped ones */
    int word_count;
    ArgFound *found; /* options, in order */
    int found_count;
} Args;

/* argv[0] is the verb; `options` ends with a null name. Returns ART_EXIT_PASSED or, with a message on stderr,
   ART_EXIT_MISUSE. Both "--set x" and "--set=x" are understood; "--" ends the options. Free it in any case. */
int args_parse(Args *args, int argc, char **argv, const ArgOption *options);
/* The value of an option's last use, "" if it takes none; null when it was not used. */
const char *args_value(const Args *args, const char *name);
/* All values of an option that may be repeated, in order; `values` has room for found_count. Returns how many. */
int args_values(const Args *args, const char *name, const char **values);
void args_free(Args *args);
