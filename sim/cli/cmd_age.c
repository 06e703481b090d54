/* artsim age: a route as recorded runs have worn it. The new file takes everything from the old one (`extends`) and adds
   stretches of worn paint. Ignores: paint that was renewed. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "sim/cli/case_run.h"
#include "sim/cli/commands.h"
#include "sim/cli/exit_codes.h"
#include "sim/cli/fork_run.h"
#include "sim/cli/load_args.h"
#include "sim/cli/wear.h"
#include "sim/io/number.h"
#include "sim/io/outfile.h"
#include "sim/io/schemas.h"

const char cmd_age_help[] =
    "usage: artsim age ROUTE RUN... --out FILE [--passes N] [--tyre-width W]\n"
    "Writes FILE, the route ROUTE as the runs have worn its paint: dashes wear by the tyres that roll over them. RUN\n"
    "is the folder of a run, or a scenario, on tracks of the route; it is driven again. FILE lies beside ROUTE, or\n"
    "anywhere when ROUTE is shipped.\n"
    "  --out FILE                the new route\n"
    "  --passes N                each RUN stands for N trains; 1 by default\n"
    "  --tyre-width W            of the tread, 25 cm by default\n"
    LOAD_ARG_HELP
    "examples: artsim age assets/routes/zhuzhou_a1.ini out/zhuzhou_a1-0123456789abcdef --passes 20000 --out worn.ini\n"
    "          artsim run scenarios/zhuzhou_a1.ini --set route.file=worn.ini --root .\n";

static int refuse(int code, const char *what, const char *why)
{
    fprintf(stderr, "artsim age: %s%s\n", what, why);
    return code;
}

/* Drives a run again and counts its tyres. */
static int run_count(const Args *args, const char *word, Wear *wear)
{
    CaseRun one;
    Text file = {0};
    if (fork_refuse("age", word)) return ART_EXIT_MISUSE;
    run_scenario_file(word, &file);
    LoadRequest request = load_args_request(args, file.bytes);
    int code = case_open(&one, &request);
    if (code == ART_EXIT_PASSED) {
        CaseSteps steps = {.watches = {{wear_look, wear}}};
        wear_next_run(wear);
        case_steps(&one, &steps);
    } else {
        refuse(code, text_bytes(&one.why), "");
    }
    case_free(&one);
    load_args_free(&request);
    text_free(&file);
    return code;
}

/* What the new file writes after `extends =`; null when its folder cannot reach the old one. The caller frees it. */
static char *old_name(const char *route, const char *target)
{
    PathRoots roots;
    Text why = {0};
    char *whole = realpath(route, NULL), *shipped = NULL, *result = NULL;
    if (whole && path_roots_begin(&roots, route, NULL, 0, &why)) {
        shipped = path_shipped(&roots, whole);
        path_roots_free(&roots);
    }
    char *from = path_folder(route), *to = path_folder(target), *whole_from = realpath(from, NULL),
         *whole_to = realpath(to, NULL);
    if (shipped) result = shipped;
    else if (whole_from && whole_to && strcmp(whole_from, whole_to) == 0) result = memory_copy(path_base(route));
    free(whole);
    free(from);
    free(to);
    free(whole_from);
    free(whole_to);
    text_free(&why);
    return result;
}

static void key_add(Text *out, const char *key, double value, const char *unit)
{
    text_add(out, key);
    text_add(out, " = ");
    number_add(out, value);
    text_add(out, unit);
    text_add(out, "\n");
}

/* The new route: its head, then a zone for each stretch, numbered after those that there are. */
static void route_text(const Wear *wear, const WearStretch *stretches, int count, const char *old, const Args *args,
                       double passes, Text *out)
{
    const Route *route = wear->route;
    text_add(out, "; The paint of the route below as tyres have worn it; made by artsim age, each run for ");
    number_add(out, passes);
    text_add(out, " trains:\n");
    for (int i = 1; i < args->word_count; i++) {
        text_add(out, "; ");
        text_add(out, path_base(args->words[i]));
        text_add(out, "\n");
    }
    text_add(out, "extends = ");
    text_add(out, old);
    text_add(out, "\n");
    for (int i = 0; i < count; i++) {
        text_add(out, "\n[marking_zone.");
        text_add_int(out, route->marking_zone_count + i + 1);
        text_add(out, "]\ntrack = ");
        text_add(out, route->tracks[stretches[i].track].name);
        text_add(out, "\n");
        key_add(out, "from", stretches[i].from, " m");
        key_add(out, "to", stretches[i].to, " m");
        key_add(out, "wear", 1e-4 * round(1e4 * stretches[i].wear), "");
    }
}

static void tell(const char *target, const WearStretch *stretches, int count)
{
    double worst = 0.0, length = 0.0;
    for (int i = 0; i < count; i++) {
        if (stretches[i].wear > worst) worst = stretches[i].wear;
        length += stretches[i].to - stretches[i].from;
    }
    printf("%s: %d stretches, %.0f m in all, at most %.1f %% worn\n", target, count, length, 100.0 * worst);
}

static int age(const Args *args, const Route *route, const char *target, const char *old, double passes, double width)
{
    Wear *wear = memory_new(sizeof *wear);
    Text text = {0}, why = {0};
    int code = ART_EXIT_PASSED;
    wear_begin(wear, route, width);
    for (int i = 1; i < args->word_count && code == ART_EXIT_PASSED; i++) code = run_count(args, args->words[i], wear);
    double axles = 0.0;
    for (int i = 0; i < route->track_count; i++) axles += wear->tracks[i].axles;
    if (code == ART_EXIT_PASSED && axles == 0.0) code = refuse(ART_EXIT_NOTHING, "no run drives on a track of ", args->words[0]);
    WearStretch stretches[ROUTE_MARKING_ZONES_MAX];
    int count = wear_stretches(wear, passes, stretches, ROUTE_MARKING_ZONES_MAX - route->marking_zone_count);
    if (code == ART_EXIT_PASSED && count < 0)
        code = refuse(ART_EXIT_MISUSE, args->words[0], " has no room for more [marking_zone.N]: 64 are the most");
    if (code == ART_EXIT_PASSED) {
        route_text(wear, stretches, count, old, args, passes, &text);
        if (!outfile_save(target, text.bytes, text.size, &why)) code = refuse(ART_EXIT_OUTPUT, "", text_bytes(&why));
    }
    if (code == ART_EXIT_PASSED) tell(target, stretches, count);
    text_free(&text);
    text_free(&why);
    wear_free(wear);
    free(wear);
    return code;
}

/* A number with a unit among the options; its default without one. 0 with a message when it is none, or not above 0. */
static int number_option(const Args *args, const char *name, const char *unit, double *value)
{
    const char *text = args_value(args, name);
    Text why = {0};
    if (!text) return 1;
    int fine = number_parse(text, unit_find(unit), *value, value, &why);
    if (fine && !(*value > 0.0)) {
        fine = 0;
        text_add(&why, "must be above 0");
    }
    if (!fine) fprintf(stderr, "artsim age: %s %s: %s\n", name, text, text_bytes(&why));
    text_free(&why);
    return fine;
}

static int age_words(const Args *args)
{
    const char *target = args_value(args, "--out");
    double passes = 1.0, width = 0.25;
    if (args->word_count < 2) return refuse(ART_EXIT_MISUSE, "needs a route and a run; ", "artsim age --help shows examples");
    if (!target) return refuse(ART_EXIT_MISUSE, "needs --out FILE, ", "the new route");
    if (!number_option(args, "--passes", "1", &passes) || !number_option(args, "--tyre-width", "m", &width))
        return ART_EXIT_MISUSE;
    char *old = old_name(args->words[0], target);
    LoadRequest request = load_args_request(args, args->words[0]);
    request.set_count = 0;
    Loaded *loaded = load_any(&art_kit, &request);
    int code = ART_EXIT_PASSED;
    if (diag_count(&loaded->diag) || loaded->kind != LOAD_ROUTE) {
        code = ART_EXIT_INVALID;
        if (diag_count(&loaded->diag)) diag_print(&loaded->diag, stderr);
        else refuse(code, args->words[0], ": this file is no route");
    } else if (!old) {
        code = refuse(ART_EXIT_MISUSE, target, ": the new route lies beside the old one, which it extends");
    } else {
        code = age(args, loaded->parts[LOAD_ROUTE], target, old, passes, width);
    }
    free(old);
    load_free(loaded);
    load_args_free(&request);
    return code;
}

int cmd_age(int argc, char **argv)
{
    static const ArgOption options[] = {
        LOAD_ARG_OPTIONS, {"--out", "FILE"}, {"--passes", "N"}, {"--tyre-width", "W"}, {NULL, NULL}};
    Args args;
    int code = args_parse(&args, argc, argv, options);
    if (code == ART_EXIT_PASSED) code = age_words(&args);
    args_free(&args);
    return code;
}
