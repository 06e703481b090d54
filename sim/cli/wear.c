/* Wear of the painted track by the tyres of recorded runs. A train whose axles all roll over a dash counts as one pass of
   the route's `pass_life`; an axle beside the paint does not count. So a train that keeps to its track leaves the paint
   between its wheels alone, and one that wanders wears the row that it rolls over:
       wear = 1 - exp(-trains / pass_life)
   Ignores: weather, tyres of others, wear by braking. */
#include "sim/cli/wear.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "sim/io/text.h"

#define LEAST_WEAR 0.005 /* a stretch with less is left as it is */

void wear_begin(Wear *wear, const Route *route, double tyre_width)
{
    *wear = (Wear){.route = route, .tyre_width = tyre_width};
    for (int i = 0; i < route->track_count; i++) {
        WearTrack *track = &wear->tracks[i];
        track->track = &route->tracks[i];
        track->count = (int)fmax(ceil(track->track->to - track->track->from), 1.0);
        track->cells = memory_new((size_t)track->count * sizeof *track->cells);
    }
    wear_next_run(wear);
}

void wear_next_run(Wear *wear)
{
    memset(wear->cell_of, -1, sizeof wear->cell_of);
}

/* The leg of the path that a place lies on; null before the first and behind the last. */
static const PathLeg *leg_at(const Path *path, double u)
{
    for (int i = 0; i < path->leg_count; i++)
        if (u >= path->legs[i].u_from && u < path->legs[i].u_to) return &path->legs[i];
    return NULL;
}

/* Parts of the axle's wheels that lie on a row at `row` m, seen as `centre` is. */
static double wheels_on(const Wear *wear, const TrainModel *model, int axle, double centre, double row)
{
    double reach = 0.5 * (wear->tyre_width + wear->route->marking.dash_width);
    int on = 0, first = model->first_wheel[axle], count = model->wheels_of[axle];
    for (int w = first; w < first + count; w++) on += fabs(centre + model->wheel_y[w] - row) < reach;
    return on > 0 ? 1.0 : 0.0;
}

static void axle_look(Wear *wear, const Scenario *scenario, const Path *path, int train, int axle, const PathFoot *foot)
{
    const PathLeg *leg = leg_at(path, foot->u);
    int track = leg ? route_track_find(wear->route, scenario->route.tracks[leg->track].name) : -1;
    if (track < 0) return;
    WearTrack *on = &wear->tracks[track];
    double chainage = path_at(path, foot->u).chainage;
    int cell = (int)floor(chainage - on->track->from);
    if (cell < 0 || cell >= on->count || cell == wear->cell_of[train][axle]) return;
    wear->cell_of[train][axle] = cell;
    double centre = path->direction * foot->lateral, half = 0.5 * wear->route->marking.row_spacing;
    on->axles += 1.0;
    on->cells[cell].left += wheels_on(wear, &scenario->model, axle, centre, half) / scenario->model.axle_count;
    on->cells[cell].right += wheels_on(wear, &scenario->model, axle, centre, -half) / scenario->model.axle_count;
}

void wear_look(void *user, const Run *run, int events)
{
    Wear *wear = user;
    const Scenario *scenario = run->scenario;
    const World *world = &run->state->world;
    (void)events;
    for (int t = 0; t < world->train_count && scenario->guided; t++) {
        const TrainWorld *train = &world->trains[t];
        const Path *path = &scenario->paths[train->service.path];
        for (int a = 0; a < scenario->model.axle_count; a++)
            axle_look(wear, scenario, path, t, a, &train->truth.axle[a]);
    }
}

static double cell_wear(const Wear *wear, const WearCell *cell, double passes)
{
    double life = wear->route->marking.pass_life;
    return 0.5 * (2.0 - exp(-passes * cell->left / life) - exp(-passes * cell->right / life));
}

/* Cells side by side whose wear lies within `step` become one stretch with their mean; -1 when there are more than `room`. */
static int join(const Wear *wear, double passes, double step, WearStretch *stretches, int room)
{
    int count = 0;
    for (int t = 0; t < wear->route->track_count; t++) {
        const WearTrack *track = &wear->tracks[t];
        for (int i = 0; i < track->count;) {
            double low = cell_wear(wear, &track->cells[i], passes), high = low, sum = 0.0;
            int first = i;
            for (; i < track->count; i++) {
                double now = cell_wear(wear, &track->cells[i], passes);
                if (fmax(high, now) - fmin(low, now) > step) break;
                low = fmin(low, now);
                high = fmax(high, now);
                sum += now;
            }
            double mean = sum / (i - first), from = track->track->from;
            if (mean < LEAST_WEAR) continue;
            if (count == room) return -1;
            stretches[count++] = (WearStretch){t, from + first, fmin(from + i, track->track->to), mean};
        }
    }
    return count;
}

int wear_stretches(const Wear *wear, double passes, WearStretch *stretches, int room)
{
    int count = -1;
    for (double step = 0.01; count < 0 && step <= 1.28 /* all of a track alike */; step *= 2.0) count = join(wear, passes, step, stretches, room);
    return count;
}

void wear_free(Wear *wear)
{
    for (int i = 0; i < ROUTE_TRACKS_MAX; i++) free(wear->tracks[i].cells);
    *wear = (Wear){0};
}
