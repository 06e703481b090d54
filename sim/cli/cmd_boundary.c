/* artsim boundary: where the verdict turns while one key goes through its range. Five trials at even distances, then the
   first part between whose ends the verdict differs is cut again, into one part more than there are workers, until it is
   as small as the tolerance. Ignores: turns that lie between two trials of one verdict; it says so, and tells of all that
   its trials show. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "sim/cli/commands.h"
#include "sim/cli/exit_codes.h"
#include "sim/cli/load_args.h"
#include "sim/cli/trials.h"
#include "sim/io/json.h"
#include "sim/io/number.h"
#include "sim/io/sweep_values.h"

enum { FIRST_PARTS = 4, FINEST = 1000000000 };

const char cmd_boundary_help[] =
    "usage: artsim boundary FILE [--over KEY=LOW..HIGH] [--tolerance X] [-j N] [--set section.key=value] [--root DIR]\n"
    "Finds the value of one key at which the verdict of a scenario turns. Tries both ends of the range and three\n"
    "values between, then cuts the part in which the verdict turns, in N + 1 parts each time. Prints each trial,\n"
    "the two values between which it turns, which expectation decides, and the commands that repeat both sides.\n"
    "It assumes one turn between two trials of different verdict and none between two of the same, and tells\n"
    "where its trials show more than one. A run that diverged counts as failed. Leaves no files. Returns 0 when a\n"
    "turn was found, 7 when all trials had the same verdict.\n"
    "  --over KEY=LOW..HIGH      the key and its range, as weather.friction=0.2..0.8 or\n"
    "                            'drive.hold_speed=20..60 km/h'; by default the one range of the file's [sweep]\n"
    "  --tolerance X             how near the two values must be, in the range's unit; 1/1000 of the range by\n"
    "                            default, of whole numbers 1\n"
    TRIALS_HELP
    LOAD_ARG_HELP
    "examples: artsim boundary scenarios/manoeuvres/brake.ini --over weather.friction=0.2..1\n"
    "          artsim boundary mine.ini --over 'drive.hold_speed=20..60 km/h' --tolerance '0.5 km/h' -j 2\n";

typedef struct Trial {
    double value; /* in the range's unit */
    int index;    /* of its case */
} Trial;

typedef struct Boundary {
    Trials trials;
    SweepRange range;
    double tolerance; /* in the range's unit */
    int decimals;     /* to which values are rounded, well below the tolerance; negative: to tens, hundreds */
    Trial *row;       /* by value */
    int count, capacity, shown;
    int json;
} Boundary;

static int refuse(int code, const char *what, const char *why)
{
    fprintf(stderr, "artsim boundary: %s%s\n", what, why);
    return code;
}

/* ---- options ---- */

static int range_choose(Boundary *boundary, const Args *args)
{
    SweepRange ranges[SWEEP_AXES_MAX] = {0};
    int count, chosen = 0, over = args_value(args, "--over") != NULL;
    int code = trials_ranges(&boundary->trials, args, ranges, &count);
    for (int i = 0; i < count; i++) {
        /* the runs of two seeds have no order: unless asked for they are no range */
        int wanted = over || strcmp(ranges[i].key, "scenario.seed") != 0;
        if (wanted && chosen++ == 0) boundary->range = ranges[i];
        else sweep_range_free(&ranges[i]);
    }
    if (code != ART_EXIT_PASSED || chosen == 1) return code;
    if (over) return refuse(ART_EXIT_MISUSE, "--over", ": one key at a time; artsim falsify searches several");
    return refuse(ART_EXIT_MISUSE, trials_file(&boundary->trials),
                  chosen ? ": its [sweep] has several ranges; choose one by --over KEY=LOW..HIGH"
                         : ": it has no [sweep] with a range; give one by --over KEY=LOW..HIGH");
}

static int tolerance_read(Boundary *boundary, const char *word)
{
    const SweepRange *range = &boundary->range;
    double width = range->high - range->low;
    boundary->tolerance = width / 1000.0;
    Text why = {0};
    Quantity tolerance;
    if (word && quantity_parse(word, &tolerance, &why)) {
        boundary->tolerance = tolerance.value;
        if (*tolerance.unit && strcmp(tolerance.unit, range->unit) != 0) {
            text_add(&why, "the unit must be that of the range, ");
            text_add(&why, *range->unit ? range->unit : "none");
        } else if (!(tolerance.value >= width / FINEST && tolerance.value <= width)) {
            text_add(&why, "must lie between 1e-9 of the range and the whole range");
        }
    }
    if (why.size == 0) {
        if (range->whole && boundary->tolerance < 1.0) boundary->tolerance = 1.0;
        boundary->decimals = range->whole ? 0 : 1 - (int)floor(log10(boundary->tolerance));
    }
    if (why.size) fprintf(stderr, "artsim boundary: --tolerance %s: %s\n", word, why.bytes);
    int fine = why.size == 0;
    text_free(&why);
    return fine ? ART_EXIT_PASSED : ART_EXIT_MISUSE;
}

/* ---- trials ---- */

static double rounded(const Boundary *boundary, double value)
{
    double scale = 1.0;
    for (int i = 0; i < abs(boundary->decimals); i++) scale *= 10.0;
    if (boundary->decimals < 0) return scale * floor(value / scale + 0.5);
    return fabs(value) < 9e15 / scale ? floor(value * scale + 0.5) / scale : value;
}

static TrialKind kind_at(const Boundary *boundary, int place)
{
    return trial_kind(&boundary->trials, boundary->row[place].index);
}

static int has(const Boundary *boundary, double value)
{
    for (int i = 0; i < boundary->count; i++) {
        if (!(boundary->row[i].value < value) && !(boundary->row[i].value > value)) return 1;
    }
    return 0;
}

static void trial_new(Boundary *boundary, double value)
{
    if (has(boundary, value)) return;
    Text set = {0};
    sweep_range_set(&boundary->range, value, &set);
    Trial fresh = {value, trials_add(&boundary->trials, (const char *const[]){set.bytes}, 1)};
    text_free(&set);
    boundary->row = memory_room(boundary->row, boundary->count, &boundary->capacity, sizeof *boundary->row);
    int at = boundary->count++;
    for (; at > 0 && boundary->row[at - 1].value > value; at--) boundary->row[at] = boundary->row[at - 1];
    boundary->row[at] = fresh;
}

/* The set of a trial, the last of its case: "weather.friction=0.45" */
static const char *set_of(const Boundary *boundary, int index)
{
    const BatchCase *one = &boundary->trials.batch.plan.cases[index];
    return one->sets[one->set_count - 1];
}

static void trials_show(Boundary *boundary)
{
    for (; boundary->shown < boundary->trials.ran; boundary->shown++) {
        if (boundary->json || boundary->trials.batch.quiet) continue;
        Text words = {0};
        trial_words(&boundary->trials, boundary->shown, &words);
        printf("  %-*s  %s\n", (int)strlen(boundary->range.key) + 16, set_of(boundary, boundary->shown), words.bytes);
        text_free(&words);
    }
    fflush(stdout);
}

/* Runs what was added. A trial without a verdict ends the search, since nothing can be said of its value. */
static int trials_take(Boundary *boundary)
{
    int first = boundary->trials.ran, code = trials_run(&boundary->trials);
    if (code != ART_EXIT_PASSED) return code;
    trials_show(boundary);
    for (int i = first; i < boundary->trials.ran; i++) {
        if (trial_kind(&boundary->trials, i) == TRIAL_NO_VERDICT) code = exit_worse(code, trial_trouble(&boundary->trials, i));
    }
    return code;
}

/* The place from which the verdict differs from that of the next, at or behind `from`; -1 when there is none. */
static int turn_find(const Boundary *boundary, int from)
{
    for (int i = from; i + 1 < boundary->count; i++) {
        if (kind_at(boundary, i) != kind_at(boundary, i + 1)) return i;
    }
    return -1;
}

/* Cuts until the first turn is as near as the tolerance; its place in the row. */
static int search(Boundary *boundary, int *turn)
{
    double low = boundary->range.low, high = boundary->range.high;
    trial_new(boundary, low);
    trial_new(boundary, high);
    for (int i = 1; i < FIRST_PARTS; i++) trial_new(boundary, rounded(boundary, low + (high - low) * i / FIRST_PARTS));
    for (;;) {
        int code = trials_take(boundary);
        *turn = turn_find(boundary, 0);
        if (code != ART_EXIT_PASSED || *turn < 0) return code;
        low = boundary->row[*turn].value;
        high = boundary->row[*turn + 1].value;
        /* the sum of rounded values may exceed the tolerance by less than they are rounded to */
        double parts = ceil((high - low) / boundary->tolerance - 1e-6);
        if (parts <= 1.0) return ART_EXIT_PASSED;
        int cuts = boundary->trials.batch.workers, before = boundary->count;
        if (cuts > parts - 1.0) cuts = (int)(parts - 1.0);
        for (int i = 1; i <= cuts; i++) trial_new(boundary, rounded(boundary, low + (high - low) * i / (cuts + 1)));
        if (boundary->count == before) return ART_EXIT_PASSED; /* doubles end here */
    }
}

/* ---- the end ---- */

/* The expectation that holds on one side alone, of several the thinnest where it fails; -1 when there is none. */
static int decider(const BatchResult *a, const BatchResult *b)
{
    int best = -1;
    for (int i = 0; i < a->margin_count && i < b->margin_count; i++) {
        if (a->margins[i].failed == b->margins[i].failed) continue;
        const Margin *failed = a->margins[i].failed ? &a->margins[i] : &b->margins[i];
        const Margin *other = best < 0 ? NULL : a->margins[best].failed ? &a->margins[best] : &b->margins[best];
        if (!other || failed->thinness > other->thinness) best = i;
    }
    return best;
}

static void decider_print(const Boundary *boundary, const Trial sides[2])
{
    const BatchResult *results = boundary->trials.batch.results;
    const BatchResult *both[2] = {&results[sides[0].index], &results[sides[1].index]};
    int index = decider(both[0], both[1]);
    if (index >= 0) printf("decided by %s\n", both[0]->margins[index].name);
    for (int i = 0; i < 2; i++) {
        Text words = {0};
        if (index >= 0) {
            text_add(&words, ": ");
            margin_words(&both[i]->margins[index], &words);
        } else if (both[i]->trouble) {
            text_add(&words, ": ");
            text_add(&words, both[i]->trouble);
        }
        printf("  %s %s%s\n", both[i]->verdict, set_of(boundary, sides[i].index), text_bytes(&words));
        words.size = 0;
        trial_command(&boundary->trials, sides[i].index, &words);
        printf("    again: %s\n", words.bytes);
        text_free(&words);
    }
}

static int turns_count(const Boundary *boundary)
{
    int turns = 0;
    for (int at = turn_find(boundary, 0); at >= 0; at = turn_find(boundary, at + 1)) turns++;
    return turns;
}

static void turn_print(const Boundary *boundary, int turn)
{
    const Trial *a = &boundary->row[turn], *b = a + 1;
    Text first = {0}, second = {0};
    quantity_add(a->value, boundary->range.unit, &first);
    quantity_add(b->value, boundary->range.unit, &second);
    const BatchResult *results = boundary->trials.batch.results;
    printf("between %s (%s) and %s (%s)\n", first.bytes, results[a->index].verdict, second.bytes,
           results[b->index].verdict);
    text_free(&first);
    text_free(&second);
}

static void assumption_print(const Boundary *boundary, int turn)
{
    int turns = turns_count(boundary);
    if (turns == 1) {
        printf("This assumes one turn in the range; none of the %d trials contradicts it.\n", boundary->count);
        return;
    }
    printf("The trials contradict that there is one turn in the range: there are %d at least. This is the first; also\n",
           turns);
    for (int at = turn_find(boundary, turn + 1); at >= 0; at = turn_find(boundary, at + 1)) {
        fputs("  ", stdout);
        turn_print(boundary, at);
    }
}

static void json_print(const Boundary *boundary, int turn)
{
    Text text = {0};
    json_text_key(&text, "{", "file", trials_file(&boundary->trials));
    json_text_key(&text, ", ", "key", boundary->range.key);
    json_text_key(&text, ", ", "unit", boundary->range.unit);
    json_number_key(&text, ", ", "low", boundary->range.low);
    json_number_key(&text, ", ", "high", boundary->range.high);
    json_number_key(&text, ", ", "tolerance", boundary->tolerance);
    json_number_key(&text, ", ", "turns", turns_count(boundary));
    if (turn >= 0) {
        const BatchResult *results = boundary->trials.batch.results;
        const Trial *a = &boundary->row[turn];
        int index = decider(&results[a[0].index], &results[a[1].index]);
        json_number_key(&text, ", ", "from", a[0].value);
        json_number_key(&text, ", ", "to", a[1].value);
        if (index >= 0) json_text_key(&text, ", ", "decided_by", results[a->index].margins[index].name);
    }
    json_key(&text, ",\n", "trials");
    for (int i = 0; i < boundary->count; i++) {
        json_number_key(&text, i ? ",\n  {" : "[\n  {", "value", boundary->row[i].value);
        text_add(&text, ", ");
        trial_json(&boundary->trials, boundary->row[i].index, &text);
        text_add(&text, "}");
    }
    text_add(&text, "\n]}\n");
    fputs(text.bytes, stdout);
    text_free(&text);
}

static int end_tell(const Boundary *boundary, int turn)
{
    if (boundary->json) {
        json_print(boundary, turn);
    } else if (turn < 0) {
        printf("no turn: all %d trials from end to end have the verdict %s; %s\n", boundary->count,
               boundary->trials.batch.results[0].verdict,
               "choose a range with both verdicts, or search it by artsim falsify");
    } else {
        const Trial sides[2] = {boundary->row[turn], boundary->row[turn + 1]};
        printf("%s turns ", boundary->range.key);
        turn_print(boundary, turn);
        decider_print(boundary, sides);
        assumption_print(boundary, turn);
    }
    return turn < 0 ? ART_EXIT_NOTHING : ART_EXIT_PASSED;
}

int cmd_boundary(int argc, char **argv)
{
    static const ArgOption known[] = {
        LOAD_ARG_OPTIONS, TRIALS_OPTIONS, {"--over", "KEY=LOW..HIGH"}, {"--tolerance", "X"}, {NULL, NULL}};
    Args args;
    Boundary boundary = {0};
    int turn = -1, code = args_parse(&args, argc, argv, known);
    if (code == ART_EXIT_PASSED) code = trials_open(&boundary.trials, argv[0], &args);
    if (code == ART_EXIT_PASSED) code = range_choose(&boundary, &args);
    if (code == ART_EXIT_PASSED) code = tolerance_read(&boundary, args_value(&args, "--tolerance"));
    if (code == ART_EXIT_PASSED) {
        boundary.json = args_value(&args, "--json") != NULL;
        code = search(&boundary, &turn);
        if (code == ART_EXIT_PASSED) code = end_tell(&boundary, turn);
    }
    trials_free(&boundary.trials);
    sweep_range_free(&boundary.range);
    free(boundary.row);
    args_free(&args);
    return code;
}
