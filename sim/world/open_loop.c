/* Open-loop driving: the commands come from the drive profile and from a held speed, in place of the ATO and, where the
   profile has a steer column, of the guidance. Without a route the train runs on an endless plane; an axle that no column
   steers stays straight. Without speed and torque columns and without a held speed the train coasts. */
#include "sim/world/step.h"

static void apply(const Scenario *scenario, double time, TrainWorld *train)
{
    const Profile *profile = scenario->profile;
    double values[PROFILE_COLUMNS_MAX];
    profile_at(profile, time, values);
    for (int32_t c = 0; c < profile->columns; c++) {
        int32_t axle = profile->column[c].axle;
        switch ((ProfileKind)profile->column[c].kind) {
        case PROFILE_SPEED:
            train->command.hold_speed_on = 1;
            train->command.hold_speed = values[c];
            break;
        case PROFILE_STEER: train->command.steer[axle] = values[c]; break;
        case PROFILE_DRIVE_TORQUE: train->command.drive_torque[axle] = values[c]; break;
        case PROFILE_BRAKE_TORQUE: train->command.brake_torque[axle] = values[c]; break;
        }
    }
}

/* The brake of kind = brake, in place of the held speed. */
static void brake(const Scenario *scenario, double time, TrainCommand *command)
{
    const TrainModel *model = &scenario->model;
    int32_t which = scenario->spec.manoeuvre.brake;
    if (scenario->manoeuvre.kind != MANOEUVRE_BRAKE || time < scenario->manoeuvre.start) return;
    command->hold_speed_on = command->torque_on = 0;
    if (which == MANOEUVRE_EMERGENCY) command->emergency = 1;
    else command->brake = which == MANOEUVRE_FULL_SERVICE ? model->full_service_force : model->service_force;
}

void step_open_loop(const Scenario *scenario, World *world, int t)
{
    TrainWorld *train = &world->trains[t];
    const Profile *profile = scenario->profile;
    if (scenario->guided && !profile) return;
    if (!scenario->guided) {
        train->command.direction = 1;
        train->command.emergency = world->settings.emergency_stop;
        train->command.hold_speed_on = scenario->spec.drive.hold_speed >= 0.0;
        train->command.hold_speed = scenario->spec.drive.hold_speed;
        train->command.torque_on = !train->command.hold_speed_on;
    }
    if (!profile) return;
    if (profile_has(profile, PROFILE_DRIVE_TORQUE) || profile_has(profile, PROFILE_BRAKE_TORQUE))
        train->command.torque_on = 1;
    apply(scenario, (double)world->tick * scenario->model.step, train);
    if (profile_has(profile, PROFILE_SPEED)) train->command.torque_on = 0;
    brake(scenario, (double)world->tick * scenario->model.step, &train->command);
}
