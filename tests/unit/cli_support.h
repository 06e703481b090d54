/* Runs the command line itself and keeps what it printed. */
#pragma once
#include "tests/unit/io_support.h"
#include <sys/wait.h>

typedef struct Ran {
    int code;
    char *out, *err;
} Ran;

/* Runs artsim, which the build names in the environment, with the words as a shell would take them. */
static inline Ran run_artsim(const char *words)
{
    const char *program = getenv("ARTSIM");
    if (!program) fail_msg("the environment's ARTSIM does not name the program; run this test by ctest");
    Text command = {0};
    text_add(&command, "'");
    text_add(&command, program);
    text_add(&command, "' ");
    text_add(&command, words);
    text_add(&command, " >out.txt 2>err.txt </dev/null");
    int status = system(command.bytes);
    text_free(&command);
    Ran ran = {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_text("out.txt"), read_text("err.txt")};
    assert_non_null(ran.out);
    assert_non_null(ran.err);
    return ran;
}

static inline void ran_free(Ran *ran)
{
    free(ran->out);
    free(ran->err);
}

/* Runs artsim and compares everything but what is null. */
static inline void assert_ran(const char *words, int code, const char *out, const char *err)
{
    Ran ran = run_artsim(words);
    if (ran.code != code) {
        fail_msg("artsim %s: exit code %d, expected %d\n%s%s", words, ran.code, code, ran.out, ran.err);
    }
    if (out) assert_string_equal(ran.out, out);
    if (err) assert_string_equal(ran.err, err);
    ran_free(&ran);
}

/* Fails unless the text has the part. */
static inline void assert_has(const char *text, const char *part)
{
    if (!strstr(text, part)) fail_msg("\"%s\" is not in:\n%s", part, text);
}
