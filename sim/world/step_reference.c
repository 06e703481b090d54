/* A tick by the plant's fourth-order reference (sim/train/reference.c) in place of its own step, for smooth manoeuvres in
   open loop. The ordinary step runs beside it, from the same state: what is shown of forces, loads and energy, and the
   delay lines, are its; place, motion, roll, slips, spins and steering are the reference's. Ignores: what has a stick or a
   switch; scenario_check and reference_check refuse what they can see of it. */
#include "sim/train/reference.h"
#include "sim/world/step.h"

typedef struct Course {
    const Scenario *scenario;
    const World *world;
} Course;

static void command_at(const void *context, double time, TrainCommand *command)
{
    const Course *course = context;
    open_loop_command(course->scenario, &course->world->settings, time, command);
}

void step_reference(const Scenario *scenario, World *world, int t)
{
    TrainWorld *train = &world->trains[t];
    const TrainModel *model = &scenario->model;
    Course course = {scenario, world};
    ReferenceInput input = {command_at, &course, &train->environment};
    Reference reference;
    reference_begin(model, &input, &train->plant, &reference);
    reference.time = (double)(world->tick - 1) * model->step;
    reference_step(&reference, model->step);
    train_step(model, &train->command, &train->environment, &train->plant, &train->output);
    reference_write(&reference, &train->plant);
    train_poses(model, &train->plant, &train->output);
}

void reference_check(const Scenario *scenario, Complaints *complaints)
{
    const Profile *profile = scenario->profile;
    if (scenario->spec.head.integrator != INTEGRATOR_REFERENCE || !profile) return;
    for (int32_t c = 0; c < profile->columns; c++) {
        if (profile->column[c].kind != (int32_t)PROFILE_STEER) continue;
        double fastest = scenario->model.steer_rate_limit[profile->column[c].axle];
        for (int32_t row = 1; row < profile->rows; row++) {
            const double *values = profile->values + (int64_t)row * profile->columns + c;
            double change = values[0] - values[-profile->columns];
            if (__builtin_fabs(change) <= fastest * (profile->time[row] - profile->time[row - 1])) continue;
            complain(complaints, "scenario", 0, "integrator",
                     "the drive steers faster than [axle.N] steer_rate, which the reference does not limit");
            return;
        }
    }
}
