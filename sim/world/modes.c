/* Who drives a train in a tick, wired: a driver's controls are the LIVE settings of [manual] and reach train 1. */
#include "sim/train/actuators.h"
#include "sim/world/step.h"

int32_t driven_by_hand(const Scenario *scenario, const World *world, int t)
{
    int32_t drives = scenario->spec.operation.grade <= GRADE_MANUAL || world->settings.manual.drive;
    return drives && t == 0 && world->trains[t].service.mode != SERVICE_HOLD_SPEED;
}

void drive_by_hand(const Scenario *scenario, World *world, int t)
{
    TrainWorld *train = &world->trains[t];
    const TrainModel *model = &scenario->model;
    double v = train->estimator.speed;
    int32_t on_sight = scenario->spec.operation.grade == GRADE_ON_SIGHT;
    ManualInput input = {.spec = &scenario->spec.manual,
                         .lever = service_holds(&train->service) ? -1.0 : world->settings.manual.lever,
                         .speed = v,
                         .cap = on_sight ? scenario->spec.operation.on_sight_speed : model->vehicle->head.speed_max,
                         .traction_max = drive_available(model, &train->plant, v),
                         .brake_max = model->full_service_force,
                         .cycle = ESTIMATOR_CYCLE};
    if (world->settings.speed_limit < input.cap) input.cap = world->settings.speed_limit;
    if (train->command.emergency) input.lever = -1.0;
    ManualEffort effort = manual_cycle(&input, &train->manual);
    ato_start(&train->ato);
    train->command.traction = effort.traction;
    train->command.brake = effort.brake;
    train->command.parking = effort.hold;
}

void steer_by_hand(const Scenario *scenario, World *world, int t)
{
    const ManualControls *manual = &world->settings.manual;
    if (!manual->hand_steer || !driven_by_hand(scenario, world, t)) return;
    world->trains[t].command.steer[train_guide(scenario, &world->trains[t])->view.axle[0]] = manual->steer;
}
