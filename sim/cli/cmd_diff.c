/* artsim diff: where two runs part. Ignores: columns that one of the two lacks, which are counted. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include "sim/cli/args.h"
#include "sim/cli/commands.h"
#include "sim/cli/exit_codes.h"
#include "sim/io/number.h"
#include "sim/io/table.h"

const char cmd_diff_help[] =
    "usage: artsim diff A B [--abs X] [--rel X]\n"
    "Compares two runs, row by row and column by column: A and B are folders of runs, trace.csv, goldens or other\n"
    "tables. Tells the first divergence (tick or time, signal, both values) and the signal that moved most.\n"
    "Returns 0 when all that both have is the same, 6 when it differs, 3 when a file is no table.\n"
    "  --abs X   numbers that differ by no more than X count as equal\n"
    "  --rel X   the same, as a share of the greater one; both are added\n"
    "examples: artsim diff out/wet-0123456789abcdef out/wet-fedcba9876543210\n"
    "          artsim diff a/trace.csv b/trace.csv --abs 1e-6\n";

/* A folder stands for its trace. */
static int side_read(Table *table, const char *word)
{
    Text path = {0}, why = {0};
    struct stat info;
    text_add(&path, word);
    if (stat(word, &info) == 0 && S_ISDIR(info.st_mode)) text_add(&path, "/trace.csv");
    int fine = table_read(table, path.bytes, &why);
    if (!fine) fprintf(stderr, "artsim diff: %s\n", why.bytes);
    text_free(&path);
    text_free(&why);
    return fine;
}

static const char *const row_keys[] = {"tick", "time_s", "index"};

static void first_print(const Table *table, const TableDiff *diff)
{
    printf("first divergence: row %d", diff->row + 1);
    for (size_t i = 0; i < sizeof row_keys / sizeof row_keys[0]; i++) {
        int column = table_column(table, row_keys[i]);
        if (column >= 0) printf(", %s %s", row_keys[i], table_cell(table, diff->row, column));
    }
    printf(", %s: %s against %s\n", diff->column, diff->cell_a, diff->cell_b);
}

static int tables_compare(const Table *a, const Table *b, double absolute, double relative)
{
    TableDiff diff = table_compare(a, b, absolute, relative, NULL);
    int same = diff.cells == 0 && diff.rows_a == diff.rows_b;
    if (diff.columns_apart) printf("%d columns are in one of them only\n", diff.columns_apart);
    if (diff.rows_a != diff.rows_b) printf("%d rows against %d\n", diff.rows_a, diff.rows_b);
    if (diff.row >= 0) first_print(a, &diff);
    if (diff.worst) {
        printf("moved most: %s by %.3g, %.3g %% of its range\n", diff.worst, diff.worst_size, 100.0 * diff.worst_share);
    }
    printf("%d cells differ%s\n", diff.cells, absolute > 0.0 || relative > 0.0 ? " beyond the tolerance" : "");
    return same ? ART_EXIT_PASSED : ART_EXIT_GOLDEN;
}

static int tolerance_read(const Args *args, const char *name, double *value)
{
    const char *text = args_value(args, name), *rest = "";
    *value = 0.0;
    if (!text || (number_scan(text, value, &rest) == NUMBER_FINE && *rest == '\0' && *value >= 0.0)) return 1;
    fprintf(stderr, "artsim diff: %s %s: expected a number, e.g. %s 1e-6\n", name, text, name);
    return 0;
}

int cmd_diff(int argc, char **argv)
{
    static const ArgOption known[] = {{"--abs", "X"}, {"--rel", "X"}, {NULL, NULL}};
    Args args;
    Table a = {0}, b = {0};
    double absolute, relative;
    int code = args_parse(&args, argc, argv, known);
    if (code == ART_EXIT_PASSED && args.word_count != 2) {
        fputs("artsim diff: two runs are compared, e.g. artsim diff out/a out/b\n", stderr);
        code = ART_EXIT_MISUSE;
    }
    if (code == ART_EXIT_PASSED &&
        (!tolerance_read(&args, "--abs", &absolute) || !tolerance_read(&args, "--rel", &relative))) {
        code = ART_EXIT_MISUSE;
    }
    if (code == ART_EXIT_PASSED && (!side_read(&a, args.words[0]) || !side_read(&b, args.words[1])))
        code = ART_EXIT_INVALID;
    if (code == ART_EXIT_PASSED) code = tables_compare(&a, &b, absolute, relative);
    table_free(&a);
    table_free(&b);
    args_free(&args);
    return code;
}
