/* artsim falsify: looks for a case that fails, or for the thinnest margin, while several keys go through their ranges. One
   half of the trials spreads over all ranges by Sobol's sequence, shifted by the seed; the other half draws boxes around
   the thinnest margin so far, halved when nothing thinner is in them; where a box ends, the next thinnest trial of the
   spread begins another. Trials come in rounds of a fixed number, so that the result does not depend on the workers.
   Ignores: proof; that nothing was found does not mean that there is nothing. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "sim/base/rng.h"
#include "sim/cli/commands.h"
#include "sim/cli/exit_codes.h"
#include "sim/cli/load_args.h"
#include "sim/cli/trials.h"
#include "sim/io/json.h"
#include "sim/io/number.h"
#include "sim/io/sweep_design.h"

enum { ROUND = 8, DRAWS = 20, RUNS_DEFAULT = 100, RUNS_MAX = 10000 };

/* Of the unit cube: half the side of the first box, and of the last; how far apart two boxes begin. */
static const double first_radius = 0.25, last_radius = 0.002, apart = 0.1;

const char cmd_falsify_help[] =
    "usage: artsim falsify FILE [--over KEY=LOW..HIGH]... [--runs N] [--seed S] [--all] [-j N]\n"
    "                      [--set section.key=value] [--root DIR]\n"
    "Searches the ranges of several keys for a case that fails, and stops at the first; else for the thinnest margin\n"
    "in % of the limit or the value, whichever is larger. First trials spread over all ranges, then they gather\n"
    "around the thinnest margins. The same seed gives the same trials for any number of workers. Prints each case\n"
    "that fails or is worse than all before, and the worst with the command that repeats it. A run that diverged\n"
    "counts as failed; values that do not fit together are passed over and counted. Leaves no files. Returns 1 when\n"
    "a case that fails was found, 0 when not, 4 or 5 when none was and a trial ended by a fault or a time limit.\n"
    "  --over KEY=LOW..HIGH      a key and its range, as 'drive.hold_speed=20..60 km/h'; may be repeated, up to 16;\n"
    "                            by default the ranges of the file's [sweep]\n"
    "  --runs N                  trials at most; 100 by default\n"
    "  --seed S                  of the search, not of the scenario; 1 by default\n"
    "  --all                     goes on after a failure\n"
    TRIALS_HELP
    LOAD_ARG_HELP
    "examples: artsim falsify scenarios/manoeuvres/brake.ini --over weather.friction=0.3..1 --over weather.rain=0..1\n"
    "          artsim falsify mine.ini --runs 400 --seed 7 --all -j 2\n";

typedef struct Point {
    double place[SOBOL_DIMENSIONS]; /* in the unit cube */
    double value[SOBOL_DIMENSIONS]; /* rounded, in the units of the ranges */
    double score;                   /* the less the worse; not a number without a verdict */
    int failed;
    int began; /* 1: a box began here */
} Point;

typedef struct Falsify {
    Trials trials;
    SweepRange ranges[SWEEP_AXES_MAX];
    int keys;
    Point *points; /* by trial */
    int count, capacity;
    int spread, runs; /* trials that spread, all trials */
    uint64_t seed;
    uint64_t draws; /* of boxes so far */
    uint32_t drawn; /* points of the sequence so far */
    int worst;      /* trial; -1 none yet */
    int failures;
    int all, json;
    double shift[SOBOL_DIMENSIONS];
} Falsify;

static int refuse(const char *what, const char *value, const char *why)
{
    fprintf(stderr, "artsim falsify: %s%s%s%s\n", what, *value ? " " : "", value, why);
    return ART_EXIT_MISUSE;
}

/* ---- options ---- */

/* A whole number; `fallback` without the option, -1 with a message when it is none of those allowed. */
static double whole_option(const Args *args, const char *name, double least, double most, double fallback)
{
    const char *text = args_value(args, name);
    Text why = {0};
    double value = fallback;
    int fine = !text || number_parse(text, unit_find("1"), fallback, &value, &why);
    text_free(&why);
    if (fine && value >= least && value <= most && value == floor(value)) return value;
    char right[96];
    snprintf(right, sizeof right, ": expected a whole number from %.0f to %.0f", least, most);
    refuse(name, text, right);
    return -1.0;
}

static int options_read(Falsify *search, const Args *args)
{
    double runs = whole_option(args, "--runs", 1.0, RUNS_MAX, RUNS_DEFAULT);
    double seed = whole_option(args, "--seed", 0.0, 9e15, 1.0);
    if (runs < 0.0 || seed < 0.0) return ART_EXIT_MISUSE;
    search->runs = (int)runs;
    search->seed = (uint64_t)seed;
    search->spread = search->runs / 2 / ROUND * ROUND;
    if (search->spread < ROUND) search->spread = search->runs < ROUND ? search->runs : ROUND;
    search->all = args_value(args, "--all") != NULL;
    search->json = args_value(args, "--json") != NULL;
    int code = trials_ranges(&search->trials, args, search->ranges, &search->keys);
    if (code != ART_EXIT_PASSED) return code;
    if (search->keys == 0)
        return refuse(trials_file(&search->trials), "", ": it has no [sweep] with ranges; give some by --over KEY=LOW..HIGH");
    if (search->keys > SOBOL_DIMENSIONS) return refuse("more than 16 keys have a range", "", "; leave some out");
    for (int k = 0; k < search->keys; k++)
        search->shift[k] = rng_uniform(rng_stream(search->seed, "falsify.shift", (uint32_t)k), 0, 0);
    return ART_EXIT_PASSED;
}

/* ---- points ---- */

/* The value at a place of the range, rounded to 1/10,000 of the range or finer, so that it can be typed. */
static double value_at(const SweepRange *range, double place)
{
    double width = range->high - range->low;
    if (range->whole) return fmin(range->high, floor(range->low + (width + 1.0) * place));
    double value = range->low + width * place, scale = 1.0;
    int decimals = 4 - (int)floor(log10(width));
    for (int i = 0; i < abs(decimals); i++) scale *= 10.0;
    double rounded = decimals < 0 ? scale * floor(value / scale + 0.5) : floor(value * scale + 0.5) / scale;
    return fmin(range->high, fmax(range->low, rounded));
}

static int is_known(const Falsify *search, const Point *point)
{
    for (int i = 0; i < search->count; i++) {
        if (memcmp(search->points[i].value, point->value, sizeof point->value) == 0) return 1;
    }
    return 0;
}

/* The next place of the spread, or one of the box around `centre` when it is not null. */
static void place_draw(Falsify *search, const Point *centre, double radius, Point *point)
{
    *point = (Point){.score = (double)NAN};
    for (int k = 0; k < search->keys; k++) {
        double place;
        if (centre) {
            RngStream stream = rng_stream(search->seed, "falsify.box", (uint32_t)k);
            place = centre->place[k] + radius * (2.0 * rng_uniform(stream, search->draws, 0) - 1.0);
            place = fmin(1.0, fmax(0.0, place));
        } else {
            place = sobol_point(k, search->drawn) + search->shift[k];
            place -= floor(place);
        }
        point->place[k] = place;
        point->value[k] = value_at(&search->ranges[k], place);
    }
    if (centre) search->draws++;
    else search->drawn++;
}

/* Adds a trial that was not there yet; 0 when none is found. */
static int point_add(Falsify *search, const Point *centre, double radius)
{
    Point point;
    int fresh = 0;
    for (int i = 0; i < DRAWS && !fresh; i++) {
        place_draw(search, centre, radius, &point);
        fresh = !is_known(search, &point);
    }
    if (!fresh) return 0;
    Text sets[SOBOL_DIMENSIONS] = {0};
    const char *words[SOBOL_DIMENSIONS];
    for (int k = 0; k < search->keys; k++) {
        sweep_range_set(&search->ranges[k], point.value[k], &sets[k]);
        words[k] = sets[k].bytes;
    }
    trials_add(&search->trials, words, search->keys);
    for (int k = 0; k < search->keys; k++) text_free(&sets[k]);
    search->points = memory_room(search->points, search->count, &search->capacity, sizeof *search->points);
    search->points[search->count++] = point;
    return 1;
}

/* ---- trials ---- */

/* Of a case that passes the thinnest margin, else how far it is beyond. Where a failure is expected, passing is to fail. */
static void judge(Falsify *search, int index)
{
    Point *point = &search->points[index];
    TrialKind kind = trial_kind(&search->trials, index);
    const Margin *thin = trial_thinnest(&search->trials, index);
    if (kind == TRIAL_NO_VERDICT) return;
    int turned = search->trials.base.run.scenario->spec.head.expect == EXPECT_FAIL;
    point->failed = kind == TRIAL_FAILED;
    point->score = thin ? thin->thinness : 1.0;
    if (turned) point->score = -point->score;
    /* an expectation that was never exercised, or a run that diverged, fails by no margin */
    if (point->failed) point->score = fmin(point->score, thin && (thin->failed || turned) ? 0.0 : -1.0);
    search->failures += point->failed;
}

static int is_worse(const Point *a, const Point *b)
{
    return a->failed != b->failed ? a->failed > b->failed : a->score < b->score;
}

static void point_show(Falsify *search, int index)
{
    if (search->json || search->trials.batch.quiet) return;
    const BatchCase *one = &search->trials.batch.plan.cases[index];
    Text words = {0};
    trial_words(&search->trials, index, &words);
    printf("  trial %d: %s,", index + 1, words.bytes);
    for (int k = one->set_count - search->keys; k < one->set_count; k++) printf("  %s", one->sets[k]);
    fputs("\n", stdout);
    text_free(&words);
}

/* Runs a round, takes its verdicts in the order of the trials. */
static int round_run(Falsify *search)
{
    int first = search->trials.ran, code = trials_run(&search->trials);
    for (int i = first; i < search->trials.ran; i++) {
        judge(search, i);
        const Point *point = &search->points[i];
        if (isnan(point->score)) continue;
        int worse = search->worst < 0 || is_worse(point, &search->points[search->worst]);
        if (worse || point->failed) point_show(search, i);
        if (worse) search->worst = i;
    }
    fflush(stdout);
    return code;
}

static int is_over(const Falsify *search)
{
    return search->count >= search->runs || (search->failures > 0 && !search->all);
}

/* The worst trial of the spread at which no box began and that lies apart from where others did; -1 when there is none. */
static int next_begin(const Falsify *search)
{
    int best = -1;
    for (int i = 0; i < search->spread && i < search->count; i++) {
        const Point *point = &search->points[i];
        int free_place = !isnan(point->score);
        for (int j = 0; j < search->spread && j < search->count && free_place; j++) {
            double distance = 0.0;
            for (int k = 0; k < search->keys; k++)
                distance = fmax(distance, fabs(point->place[k] - search->points[j].place[k]));
            if (search->points[j].began && distance < apart) free_place = 0;
        }
        if (free_place && (best < 0 || is_worse(point, &search->points[best]))) best = i;
    }
    return best;
}

/* Boxes around a trial of the spread, until they are small. */
static int gather(Falsify *search, int begin)
{
    search->points[begin].began = 1;
    int centre = begin;
    for (double radius = first_radius; radius >= last_radius && !is_over(search);) {
        Point middle = search->points[centre];
        int first = search->count, next = centre;
        for (int i = 0; i < ROUND && search->count < search->runs; i++) point_add(search, &middle, radius);
        int code = round_run(search);
        if (code != ART_EXIT_PASSED) return code;
        for (int i = first; i < search->count; i++) {
            if (!isnan(search->points[i].score) && is_worse(&search->points[i], &search->points[next])) next = i;
        }
        if (next == centre) radius *= 0.5;
        centre = next;
    }
    return ART_EXIT_PASSED;
}

static int search_all(Falsify *search)
{
    while (search->count < search->spread && !is_over(search)) {
        int before = search->count;
        for (int i = 0; i < ROUND && search->count < search->spread; i++) point_add(search, NULL, 0.0);
        int code = round_run(search);
        if (code != ART_EXIT_PASSED) return code;
        if (search->worst < 0) return trial_trouble(&search->trials, 0);
        if (search->count < before + ROUND) break; /* whole numbers: all were tried */
    }
    for (int begin = next_begin(search); begin >= 0 && !is_over(search); begin = next_begin(search)) {
        int code = gather(search, begin);
        if (code != ART_EXIT_PASSED) return code;
    }
    return ART_EXIT_PASSED;
}

/* ---- the end ---- */

/* Counts trials without a verdict; their worst exit code but for values that do not fit together. */
static int no_verdicts(const Falsify *search, int *count)
{
    int code = ART_EXIT_PASSED;
    *count = 0;
    for (int i = 0; i < search->count; i++) {
        if (!isnan(search->points[i].score)) continue;
        if ((*count)++ == 0) trial_trouble(&search->trials, i);
        int own = search->trials.batch.results[i].exit_code;
        if (own != ART_EXIT_INVALID) code = exit_worse(code, own);
    }
    return code;
}

static void text_print(const Falsify *search, int without)
{
    const BatchCase *one = &search->trials.batch.plan.cases[search->worst];
    Text text = {0};
    if (search->failures) printf("%d of %d trials failed", search->failures, search->count);
    else printf("no case that fails was found in %d trials", search->count);
    if (without) printf(", %d had no verdict", without);
    trial_words(&search->trials, search->worst, &text);
    printf("\nworst, trial %d: %s\n", search->worst + 1, text.bytes);
    const Margin *thin = trial_thinnest(&search->trials, search->worst);
    text.size = 0;
    if (thin) margin_words(thin, &text);
    if (thin) printf("  %s\n", text.bytes);
    for (int k = one->set_count - search->keys; k < one->set_count; k++) printf("  %s\n", one->sets[k]);
    text.size = 0;
    trial_command(&search->trials, search->worst, &text);
    printf("again: %s\n", text.bytes);
    text_free(&text);
}

static void point_json(const Falsify *search, int index, Text *out)
{
    text_add(out, "{");
    trial_json(&search->trials, index, out);
    json_key(out, ", ", "values");
    for (int k = 0; k < search->keys; k++)
        json_number_key(out, k ? ", " : "{", search->ranges[k].key, search->points[index].value[k]);
    text_add(out, "}}");
}

static void json_print(const Falsify *search, int without)
{
    Text text = {0}, command = {0};
    json_text_key(&text, "{", "file", trials_file(&search->trials));
    json_number_key(&text, ", ", "seed", (double)search->seed);
    json_number_key(&text, ", ", "runs", search->count);
    json_number_key(&text, ", ", "failed", search->failures);
    json_number_key(&text, ", ", "no_verdict", without);
    json_key(&text, ",\n", "units");
    for (int k = 0; k < search->keys; k++)
        json_text_key(&text, k ? ", " : "{", search->ranges[k].key, search->ranges[k].unit);
    json_key(&text, "},\n", "worst");
    point_json(search, search->worst, &text);
    trial_command(&search->trials, search->worst, &command);
    json_text_key(&text, ",\n", "again", command.bytes);
    json_key(&text, ",\n", "trials");
    for (int i = 0; i < search->count; i++) {
        text_add(&text, i ? ",\n  " : "[\n  ");
        point_json(search, i, &text);
    }
    text_add(&text, "\n]}\n");
    fputs(text.bytes, stdout);
    text_free(&text);
    text_free(&command);
}

static int end_tell(const Falsify *search)
{
    int without, code = no_verdicts(search, &without);
    if (search->json) json_print(search, without);
    else text_print(search, without);
    return search->failures ? ART_EXIT_FAILED : code;
}

int cmd_falsify(int argc, char **argv)
{
    static const ArgOption known[] = {LOAD_ARG_OPTIONS, TRIALS_OPTIONS, {"--over", "KEY=LOW..HIGH"}, {"--runs", "N"},
                                      {"--seed", "S"},  {"--all", NULL}, {NULL, NULL}};
    Args args;
    Falsify search = {.worst = -1};
    int code = args_parse(&args, argc, argv, known);
    if (code == ART_EXIT_PASSED) code = trials_open(&search.trials, argv[0], &args);
    if (code == ART_EXIT_PASSED) code = options_read(&search, &args);
    if (code == ART_EXIT_PASSED) code = search_all(&search);
    if (code == ART_EXIT_PASSED) code = end_tell(&search);
    trials_free(&search.trials);
    for (int k = 0; k < search.keys; k++) sweep_range_free(&search.ranges[k]);
    free(search.points);
    args_free(&args);
    return code;
}
