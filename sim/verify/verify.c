/* Table of groups, and the verdict on figures. Ignores: how a figure came about. */
#include "sim/verify/verify.h"
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include "sim/base/assert.h"
#include "sim/io/schemas.h"

const VerifyGroup *const verify_groups[VERIFY_GROUPS] = {
    &verify_single_track, &verify_tyre,     &verify_circle,   &verify_stability, &verify_longitudinal, &verify_grade,
    &verify_conservation, &verify_symmetry, &verify_geometry, &verify_step,      &verify_manoeuvre,    &verify_published,
    &verify_energy, &verify_guidance,  &verify_laws,    &verify_robustness, &verify_fleet, &verify_protection, &verify_stops,
    &verify_doors};

/* Does the name begin with one of `starts`, which commas part, whatever the case of their letters? */
static int begins(const char *name, const char *starts)
{
    for (;; starts++) {
        const char *at = name;
        while (*starts && *starts != ',' && tolower((unsigned char)*at) == tolower((unsigned char)*starts)) at++, starts++;
        if (!*starts || *starts == ',') return 1;
        while (*starts && *starts != ',') starts++;
        if (!*starts) return 0;
    }
}

static int wanted(const VerifyContext *context, const VerifyGroup *group, const VerifyCase *row)
{
    return !context->only || begins(group->name, context->only) || begins(row->name, context->only);
}

int verify_run(const VerifyContext *context, VerifyResult *results)
{
    int count = 0;
    for (int g = 0; g < VERIFY_GROUPS; g++) {
        for (int c = 0; c < verify_groups[g]->count; c++) {
            ART_ASSERT(count < VERIFY_CASES_MAX);
            VerifyResult *result = &results[count++];
            *result = (VerifyResult){.left_out = !wanted(context, verify_groups[g], &verify_groups[g]->cases[c])};
            if (!result->left_out) verify_groups[g]->cases[c].run(context, result);
        }
    }
    return count;
}

static void add(VerifyResult *result, Figure figure, const char *what)
{
    ART_ASSERT(result->figure_count < VERIFY_FIGURES_MAX);
    snprintf(figure.what, sizeof figure.what, "%s", what);
    result->figures[result->figure_count++] = figure;
}

void verify_near(VerifyResult *result, const char *what, const char *unit, double expected, double computed,
                 double tolerance)
{
    add(result, (Figure){.unit = unit, .kind = FIGURE_NEAR, .expected = expected, .computed = computed,
                         .tolerance = tolerance}, what);
}

void verify_at_most(VerifyResult *result, const char *what, const char *unit, double limit, double computed)
{
    add(result, (Figure){.unit = unit, .kind = FIGURE_AT_MOST, .expected = limit, .computed = computed}, what);
}

void verify_show(VerifyResult *result, const char *what, const char *unit, double computed)
{
    add(result, (Figure){.unit = unit, .kind = FIGURE_SHOWN, .computed = computed}, what);
}

void verify_at_least(VerifyResult *result, const char *what, const char *unit, double limit, double computed)
{
    add(result, (Figure){.unit = unit, .kind = FIGURE_AT_LEAST, .expected = limit, .computed = computed}, what);
}

void verify_note(VerifyResult *result, const char *note)
{
    ART_ASSERT(result->figure_count > 0);
    Figure *figure = &result->figures[result->figure_count - 1];
    snprintf(figure->note, sizeof figure->note, "%s", note);
}

int figure_passes(const Figure *figure)
{
    if (!isfinite(figure->computed) || !isfinite(figure->expected)) return 0;
    switch (figure->kind) {
    case FIGURE_NEAR: return fabs(figure->computed - figure->expected) <= figure->tolerance;
    case FIGURE_AT_MOST: return figure->computed <= figure->expected;
    case FIGURE_AT_LEAST: return figure->computed >= figure->expected;
    case FIGURE_SHOWN: return 1;
    case FIGURE_KINDS: break;
    }
    return 0;
}

int verify_passes(const VerifyResult *result)
{
    for (int i = 0; i < result->figure_count; i++) {
        if (!figure_passes(&result->figures[i])) return 0;
    }
    return result->figure_count > 0;
}

void verify_result_free(VerifyResult *result)
{
    plot_free(&result->plot);
    text_free(&result->note);
}

int verify_vehicle(const char *path, Vehicle *vehicle)
{
    LoadRequest request = {.path = path};
    Loaded *loaded = load_any(&art_kit, &request);
    int good = diag_count(&loaded->diag) == 0 && loaded->kind == LOAD_VEHICLE;
    if (good) *vehicle = *(const Vehicle *)loaded->parts[LOAD_VEHICLE];
    else if (diag_count(&loaded->diag)) diag_print(&loaded->diag, stderr);
    else fprintf(stderr, "%s: is no vehicle file; a vehicle is expected\n", path);
    load_free(loaded);
    return good;
}
