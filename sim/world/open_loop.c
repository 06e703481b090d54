/* Open-loop driving: the commands come from the drive profile and from a held speed, in place of the ATO and, where the
   profile has a steer column, of the guidance. Without a route the train runs on an endless plane; an axle that no column
   steers stays straight. Without speed and torque columns and without a held speed the train coasts. */
#include "sim/world/step.h"

static void apply(const Scenario *scenario, double time, TrainCommand *command)
{
    const Profile *profile = scenario->profile;
    double values[PROFILE_COLUMNS_MAX];
    profile_at(profile, time, values);
    for (int32_t c = 0; c < profile->columns; c++) {
        int32_t axle = profile->column[c].axle;
        switch ((ProfileKind)profile->column[c].kind) {
        case PROFILE_SPEED:
            command->hold_speed_on = 1;
            command->hold_speed = values[c];
            break;
        case PROFILE_STEER: command->steer[axle] = values[c]; break;
        case PROFILE_DRIVE_TORQUE: command->drive_torque[axle] = values[c]; break;
        case PROFILE_BRAKE_TORQUE: command->brake_torque[axle] = values[c]; break;
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

void open_loop_command(const Scenario *scenario, const Settings *settings, double time, TrainCommand *command)
{
    const Profile *profile = scenario->profile;
    if (!scenario->guided) {
        command->direction = 1;
        command->emergency = settings->emergency_stop;
        command->hold_speed_on = scenario->spec.drive.hold_speed >= 0.0;
        command->hold_speed = scenario->spec.drive.hold_speed;
        command->torque_on = !command->hold_speed_on;
    }
    if (!profile) return;
    if (profile_has(profile, PROFILE_DRIVE_TORQUE) || profile_has(profile, PROFILE_BRAKE_TORQUE))
        command->torque_on = 1;
    apply(scenario, time, command);
    if (profile_has(profile, PROFILE_SPEED)) command->torque_on = 0;
    brake(scenario, time, command);
}

void step_open_loop(const Scenario *scenario, World *world, int t)
{
    if (scenario->guided && !scenario->profile) return;
    double time = (double)world->tick * scenario->model.step;
    open_loop_command(scenario, &world->settings, time, &world->trains[t].command);
}

/* Speed is held or follows from torques: what one says would make the other do nothing. */
static void check_drives(const Scenario *scenario, Complaints *complaints)
{
    const Profile *profile = scenario->profile;
    int held = scenario->spec.drive.hold_speed >= 0.0, speed = profile_has(profile, PROFILE_SPEED);
    int torque = profile_has(profile, PROFILE_DRIVE_TORQUE) || profile_has(profile, PROFILE_BRAKE_TORQUE);
    if (held && speed) {
        complain(complaints, "drive", 0, "hold_speed",
                 "the profile has a column speed_mps, which says how fast at each time; leave one of them out");
    }
    if (torque && (held || speed)) {
        complain(complaints, "drive", 0, held ? "hold_speed" : "open_loop",
                 "a held speed is an ideal drive, beside which the profile's torque columns do nothing; leave one out");
    }
}

/* The ideal drive acts through the driven axles. */
static void check_driven(const Scenario *scenario, Complaints *complaints)
{
    const Profile *profile = scenario->profile;
    int held = scenario->spec.drive.hold_speed >= 0.0, speed = profile && profile_has(profile, PROFILE_SPEED);
    if ((!held && !speed) || scenario->model.driven_count > 0) return;
    complain(complaints, "drive", 0, held ? "hold_speed" : "open_loop",
             held ? "no axle of the vehicle can hold it: all have driven = no; state driven = yes in an [axle.N], or leave it "
                    "out and the train coasts"
                  : "no axle of the vehicle can follow the column speed_mps: all have driven = no; state driven = yes in an "
                    "[axle.N], or leave the column out and the train coasts");
}

void open_loop_check(const Scenario *scenario, Complaints *complaints)
{
    const Profile *profile = scenario->profile;
    check_driven(scenario, complaints);
    if (profile && scenario->manoeuvre.kind == MANOEUVRE_NONE) check_drives(scenario, complaints);
    for (int32_t c = 0; profile && c < profile->columns; c++) {
        if (profile->column[c].kind != (int32_t)PROFILE_STEER) continue;
        if (scenario->model.steered[profile->column[c].axle]) continue;
        for (int32_t row = 0; row < profile->rows; row++) {
            if (profile->values[(int64_t)row * profile->columns + c] == 0.0) continue;
            complain(complaints, "drive", 0, "open_loop",
                     "the profile steers an axle whose [axle.N] says steered = no: only 0 may stand in its column");
            return;
        }
    }
}
