/* Where the train truly is: the foot of every axle on the path, each followed from cycle to cycle, and the path memory
   of the leading axle, against which the others' off-tracking is read. For sensors and monitor only. */
#include "sim/world/step.h"
#include "sim/base/elementary.h"
#include "sim/base/real.h"

static int64_t cell_of(double u, double spacing)
{
    double place = u * (1.0 / spacing);
    int64_t cell = (int64_t)place;
    return cell - (place < (double)cell); /* its floor */
}

static int64_t slot_of(int64_t cell)
{
    int64_t slot = cell % PATH_MEMORY;
    return slot < 0 ? slot + PATH_MEMORY : slot;
}

/* Stores the leading axle's lateral error for every cell that it has passed since it was at `from`, linear between. */
static void remember(const PathFoot *from, double spacing, TrainTruth *truth)
{
    const PathFoot *lead = &truth->axle[truth->leading_axle];
    int64_t cell = cell_of(lead->u, spacing);
    if (truth->memory_next <= cell) {
        double way = lead->u - from->u, slope = way > 0.0 ? (lead->lateral - from->lateral) / way : 0.0;
        while (truth->memory_next <= cell) {
            double back = real_min(lead->u - (double)truth->memory_next * spacing, way);
            truth->memory[slot_of(truth->memory_next++)] = lead->lateral - back * slope;
        }
    }
    if (truth->memory_next - truth->memory_first > PATH_MEMORY) truth->memory_first = truth->memory_next - PATH_MEMORY;
}

static double offtracking(const TrainTruth *truth, const PathFoot *foot, double spacing)
{
    int64_t cell = cell_of(foot->u, spacing);
    if (cell < truth->memory_first || cell + 1 >= truth->memory_next) return 0.0;
    int64_t slot = slot_of(cell);
    double a = truth->memory[slot], b = truth->memory[slot + 1 == PATH_MEMORY ? 0 : slot + 1];
    double share = foot->u * (1.0 / spacing) - (double)cell;
    return foot->lateral - (a + share * (b - a));
}

static void measure_motion(const Scenario *scenario, TrainWorld *train)
{
    const TravelView *view = &train_guide(scenario, train)->view;
    int lead = view->module[0];
    double sign = view->direction;
    train->truth.speed = sign * train->output.module_vx[lead];
    train->truth.accel = sign * train->output.module_ax[lead];
}

static void measure_nose(const Scenario *scenario, TrainWorld *train)
{
    const TravelView *view = &train_guide(scenario, train)->view;
    int lead = view->module[0];
    double sine, cosine;
    art_sincos(train->plant.yaw[lead], &sine, &cosine);
    double x = view->direction * view->nose;
    Vec2 nose = vec2(train->output.module_x[lead] + x * cosine, train->output.module_y[lead] + x * sine);
    double guess = train->truth.axle[view->axle[0]].u + view->nose - view->axle_x[0];
    train->truth.nose_u = path_project(train_path(scenario, train), nose, guess).u;
}

void truth_start(const Scenario *scenario, TrainWorld *train, int64_t tick, double lead_u)
{
    const Path *path = train_path(scenario, train);
    const TravelView *view = &train_guide(scenario, train)->view;
    TrainTruth *truth = &train->truth;
    double guess = lead_u + view->axle_x[0];
    truth->leading_axle = view->axle[0];
    for (int j = 0; j < view->axle_count; j++) {
        int a = view->axle[j];
        Vec2 place = vec2(train->output.axle_x[a], train->output.axle_y[a]);
        if (j > 0) { /* the next foot lies about the distance of the two axles further back */
            int before = view->axle[j - 1];
            double dx = place.x - train->output.axle_x[before], dy = place.y - train->output.axle_y[before];
            guess = truth->axle[before].u - __builtin_sqrt(dx * dx + dy * dy);
        }
        truth->axle[a] = path_project(path, place, guess);
        truth->axle[a] = path_project(path, place, truth->axle[a].u);
        truth->offtracking[a] = 0.0;
    }
    truth->memory_first = truth->memory_next = cell_of(truth->axle[truth->leading_axle].u, scenario->memory_spacing);
    truth->tick = tick;
    measure_motion(scenario, train);
    measure_nose(scenario, train);
    remember(&truth->axle[truth->leading_axle], scenario->memory_spacing, truth);
}

PathFoot truth_foot(const Scenario *scenario, const TrainWorld *train, int64_t tick, int axle)
{
    const PathFoot *foot = &train->truth.axle[axle];
    if (train->truth.tick == tick) return *foot;
    Vec2 place = vec2(train->output.axle_x[axle], train->output.axle_y[axle]);
    return path_project(train_path(scenario, train), place, foot->u + truth_ahead(scenario, train, tick));
}

double truth_offtracking(const Scenario *scenario, const TrainWorld *train, const PathFoot *foot)
{
    return offtracking(&train->truth, foot, scenario->memory_spacing);
}

void truth_step(const Scenario *scenario, TrainWorld *train, int64_t tick)
{
    TrainTruth *truth = &train->truth;
    double ahead = truth_ahead(scenario, train, tick);
    int32_t cycle = step_is_cycle(scenario, tick);
    measure_motion(scenario, train);
    if (!cycle && !scenario->uneven) return;
    const Path *path = train_path(scenario, train);
    PathFoot before = truth->axle[truth->leading_axle];
    for (int a = 0; a < scenario->model.axle_count; a++) {
        Vec2 place = vec2(train->output.axle_x[a], train->output.axle_y[a]);
        if (cycle) truth->axle[a] = path_project(path, place, truth->axle[a].u + ahead);
        else path_follow(path, place, ahead, &truth->axle[a]);
    }
    truth->tick = tick;
    remember(&before, scenario->memory_spacing, truth);
    for (int a = 0; a < scenario->model.axle_count; a++) truth->offtracking[a] = offtracking(truth, &truth->axle[a], scenario->memory_spacing);
    if (cycle) measure_nose(scenario, train);
}
