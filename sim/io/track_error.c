/* The geometric floor is the axle's error in the reference pose for the place of the leading axle (sim/guide). It belongs
   to walking pace: where later axles are not steered, their slip at speed can carry them nearer to the track than that.
   Ignores: further trains. */
#include "sim/io/track_error.h"
#include <math.h>
#include "sim/io/markup.h"

static const double matters = 0.02; /* m */
static const double most = 0.5;     /* of the error: who has that share sets it */
static const double apart = 20.0;   /* m travelled: what lies nearer is one stretch */
enum { STRETCHES_TOLD = 6 };

static const char *who_sets_it(double error, double floor)
{
    if (floor > error) return "the route itself asks for more than that";
    return floor > most * error ? "the route itself sets the error there" : "control sets the error there";
}

void track_error_words(const RunReport *report, Text *out)
{
    const TrainMonitor *monitor = &report->state->record.monitor.trains[0];
    int worst = 0;
    if (!monitor->on_path || monitor->sense.samples == 0) return;
    for (int a = 1; a < report->plan->scenario->model.axle_count; a++)
        if (monitor->lateral[a].value > monitor->lateral[worst].value) worst = a;
    double error = monitor->lateral[worst].value, floor = fabs(monitor->sense.floor_at_peak[worst]);
    markup_add(out, "axle %d was furthest off, %.1f cm at chainage %.1f m, where %.1f cm are geometry: %s", worst + 1,
               100.0 * error, monitor->lateral[worst].chainage, 100.0 * floor, who_sets_it(error, floor));
}

double track_error_worst(const FilmPoint *point, int axles)
{
    double worst = 0.0;
    for (int a = 0; a < axles; a++) worst = fmax(worst, fmax(point->high[a], -point->low[a]));
    return worst;
}

static void stretch_add(const FilmPoint *from, const FilmPoint *to, int told, Text *out)
{
    if (told == STRETCHES_TOLD) text_add(out, " and further on");
    if (told >= STRETCHES_TOLD) return;
    markup_add(out, "%s%.0f", told ? ", " : "The route itself sets the error at chainage ", from->chainage[0]);
    if (fabs(to->chainage[0] - from->chainage[0]) >= 1.0) markup_add(out, " to %.0f", to->chainage[0]);
    text_add(out, " m");
}

void track_error_stretches(const Film *film, int axles, Text *out)
{
    const FilmPoint *from = NULL, *to = NULL;
    int told = 0;
    for (int i = 0; i < film->point_count; i++) {
        const FilmPoint *point = &film->points[i];
        double error = track_error_worst(point, axles);
        if (from && point->distance > to->distance + apart) {
            stretch_add(from, to, told++, out);
            from = NULL;
        }
        if (error < matters || point->floor <= most * error) continue;
        if (!from) from = point;
        to = point;
    }
    if (from) stretch_add(from, to, told, out);
}
