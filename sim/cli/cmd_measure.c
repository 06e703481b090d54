/* artsim measure: what a vehicle needs and can do, without a scenario. Ignores: how figures come about. */
#include <stdio.h>
#include <stdlib.h>
#include "sim/cli/args.h"
#include "sim/cli/commands.h"
#include "sim/cli/exit_codes.h"
#include "sim/verify/measure.h"
#include "sim/verify/verify.h"

const char cmd_measure_help[] =
    "usage: artsim measure VEHICLE [--json]\n"
    "Room in turns (ring of 12.5 and 5.3 m, 90 degrees), least radius, stopping distances, rearward amplification and\n"
    "the speed without damping of a vehicle file.\n"
    "examples: artsim measure assets/vehicles/art3.ini\n"
    "          artsim measure my_bus.ini --json\n";

static int measure_file(const char *path, int json)
{
    Vehicle *vehicle = memory_new(sizeof *vehicle);
    int good = verify_vehicle(path, vehicle);
    if (good) {
        Measure measures[MEASURES_MAX];
        Text text = {0};
        int count = measure_vehicle(vehicle, measures);
        if (json) measure_json(vehicle->head.name, measures, count, &text);
        else measure_table(measures, count, &text);
        fputs(text_bytes(&text), stdout);
        text_free(&text);
    }
    free(vehicle);
    return good ? ART_EXIT_PASSED : ART_EXIT_INVALID;
}

int cmd_measure(int argc, char **argv)
{
    static const ArgOption options[] = {{"--json", NULL}, {NULL, NULL}};
    Args args;
    int code = args_parse(&args, argc, argv, options);
    if (code == ART_EXIT_PASSED && args.word_count != 1) {
        fputs("artsim measure: one vehicle file, e.g. artsim measure assets/vehicles/art3.ini\n", stderr);
        code = ART_EXIT_MISUSE;
    }
    if (code == ART_EXIT_PASSED) code = measure_file(args.words[0], args_value(&args, "--json") != NULL);
    args_free(&args);
    return code;
}
