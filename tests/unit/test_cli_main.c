/* The front of artsim: help, unknown words, exit codes. */
#include "tests/unit/cli_support.h"
#include "sim/cli/exit_codes.h"

static void no_arguments_give_the_short_help_and_exit_2(void **state)
{
    (void)state;
    Ran ran = run_artsim("");
    assert_int_equal(ran.code, ART_EXIT_MISUSE);
    assert_string_equal(ran.out, "");
    assert_has(ran.err, "usage: artsim VERB");
    ran_free(&ran);
    ran = run_artsim("--help");
    assert_int_equal(ran.code, ART_EXIT_PASSED);
    assert_string_equal(ran.err, "");
    assert_has(ran.out, "usage: artsim VERB");
    ran_free(&ran);
}

static void unknown_words_are_refused_with_the_nearest(void **state)
{
    (void)state;
    assert_ran("chekc x.ini", ART_EXIT_MISUSE, "", "artsim: unknown verb \"chekc\" (did you mean \"check\"?); artsim "
                                                   "--help lists all\n");
    assert_ran("frobnicate", ART_EXIT_MISUSE, "", "artsim: unknown verb \"frobnicate\"; artsim --help lists all\n");
    assert_ran("check --sett a.b=1 x.ini", ART_EXIT_MISUSE, "",
               "artsim check: unknown option --sett (did you mean \"--set\"?)\n");
    assert_ran("check x.ini --set", ART_EXIT_MISUSE, "",
               "artsim check: --set needs a value: --set section.key=value\n");
    assert_ran("check x.ini --root nosuch", ART_EXIT_MISUSE, "", "artsim check: --root nosuch: wants a folder that exists\n");
    assert_ran("run x.ini --set weather", ART_EXIT_MISUSE, "", "artsim run: --set weather: wants section.key=value\n");
    assert_ran("run x.ini --set ''", ART_EXIT_MISUSE, "", "artsim run: --set needs a value that is not empty\n");
    assert_ran("version --json=1", ART_EXIT_MISUSE, "", "artsim version: --json takes no value\n");
    assert_ran("version 3", ART_EXIT_MISUSE, "", "artsim version: what is \"3\"? It takes no files\n");
    assert_ran("check", ART_EXIT_MISUSE, "", "artsim check: which file? e.g. artsim check scenarios/zhuzhou_a1.ini\n");
    assert_ran("show", ART_EXIT_MISUSE, "", "artsim show: which file? e.g. artsim show scenarios/zhuzhou_a1.ini\n");
}

static void help_of_each_verb_shows_two_examples(void **state)
{
    (void)state;
    /* the verbs that the help itself lists */
    Ran all = run_artsim("--help");
    int verbs = 0;
    for (char *line = strtok(all.out, "\n"); line; line = strtok(NULL, "\n")) {
        if (line[0] != ' ' || line[1] != ' ') continue;
        char verb[32] = {0}, words[64], usage[64];
        assert_int_equal(sscanf(line, " %31s", verb), 1);
        snprintf(words, sizeof words, "%s --help", verb);
        snprintf(usage, sizeof usage, "usage: artsim %s", verb);
        Ran ran = run_artsim(words);
        assert_int_equal(ran.code, ART_EXIT_PASSED);
        assert_has(ran.out, usage);
        assert_has(ran.out, "examples: artsim ");
        assert_has(ran.out, "\n          artsim ");
        ran_free(&ran);
        verbs++;
    }
    assert_true(verbs >= 4);
    ran_free(&all);
    Ran one = run_artsim("help check"), other = run_artsim("check --help");
    assert_string_equal(one.out, other.out);
    ran_free(&one);
    ran_free(&other);
}

static void version_names_program_model_and_data(void **state)
{
    (void)state;
    Ran ran = run_artsim("version");
    assert_int_equal(ran.code, ART_EXIT_PASSED);
    assert_has(ran.out, "artsim " ART_VERSION "\nmodel ");
    assert_has(ran.out, "\ncompiler ");
    assert_has(ran.out, "\ndata " ART_DATA_DIR "\n");
    ran_free(&ran);
    ran = run_artsim("version --json");
    assert_has(ran.out, "{\"version\": \"" ART_VERSION "\", \"model\": \"");
    assert_has(ran.out, "\"data\": \"" ART_DATA_DIR "\"}\n");
    ran_free(&ran);
}

static void results_that_cannot_be_written_are_exit_8(void **state)
{
    (void)state;
    Text command = {0};
    text_add(&command, "'");
    text_add(&command, getenv("ARTSIM") ? getenv("ARTSIM") : "false");
    text_add(&command, "' keys >/dev/full 2>err.txt");
    int status = system(command.bytes);
    text_free(&command);
    assert_int_equal(WEXITSTATUS(status), ART_EXIT_OUTPUT);
    char *err = read_text("err.txt");
    assert_non_null(err);
    assert_string_equal(err, "artsim: the output cannot be written\n");
    free(err);
}

int main(void)
{
    if (enter_folder("cli_main")) return 1;
    unsetenv("ART_DATA");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_arguments_give_the_short_help_and_exit_2),
        cmocka_unit_test(unknown_words_are_refused_with_the_nearest),
        cmocka_unit_test(help_of_each_verb_shows_two_examples),
        cmocka_unit_test(version_names_program_model_and_data),
        cmocka_unit_test(results_that_cannot_be_written_are_exit_8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
