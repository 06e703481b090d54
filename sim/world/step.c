/* One tick, as a page of contents, and the wiring: here, and only here, the rooms are given each other's outputs.
   Rates: the plant every tick; sensing, control, truth and most of the monitor every 10 ms. */
#include "sim/world/step.h"

void world_step(const Scenario *scenario, World *world, Record *record)
{
    step_faults(scenario, world, record);
    world->tick++;
    step_entries(scenario, world, record);
    step_traffic(scenario, world, record);
    step_air(scenario, world);
    step_signals(scenario, world);
    step_obstacles(scenario, world, record);
    for (int t = 0; t < world->train_count; t++) {
        step_surroundings(scenario, world, t);
        step_fault_surroundings(scenario, world, t);
        if (scenario->guided) {
            step_sense(scenario, world, t);
            step_estimate(scenario, world, t);
            step_operate(scenario, world, record, t);
            step_guide(scenario, world, t);
        }
        step_open_loop(scenario, world, t);
        step_charging(scenario, world, t);
        step_links(scenario, world, t);
        if (scenario->guided) step_supervise(scenario, world, record, t);
        step_train(scenario, world, t);
        step_truth(scenario, world, t);
    }
    monitor_tick(scenario, world, record);
}

/* ---- sense and estimate ---- */

SenseInput wire_sense(const Scenario *scenario, const World *world, int t)
{
    const TrainWorld *train = &world->trains[t];
    const TravelView *view = &train_guide(scenario, train)->view;
    int last = view->module_count - 1;
    SenseInput input = {.tick = world->tick,
                        .step = scenario->model.step,
                        .seed = (uint64_t)scenario->spec.head.seed,
                        .train = t,
                        .model = &scenario->model,
                        .plant = &train->plant,
                        .output = &train->output,
                        .map = &scenario->maps[train_path_index(scenario, train)],
                        .direction = view->direction,
                        .rain = train->weather.rain,
                        .snow = train->weather.snow,
                        .light = train->weather.light,
                        .cameras = scenario->spec.cameras,
                        .imu = &scenario->spec.imu,
                        .wheel_speed = &scenario->spec.wheel_speed,
                        .steer_angle = &scenario->spec.steer_angle,
                        .gnss = &scenario->spec.gnss,
                        .hinge_angle = &scenario->spec.hinge_angle};
    const FaultEffects *effects = train_effects(world, t);
    if (effects && effects->sense_faulty) input.fault = &effects->sense;
    double ahead = truth_ahead(scenario, train, world->tick - 1);
    double lead = train->truth.axle[view->axle[0]].u + ahead - view->axle_x[0];
    int rear_axle = view->last_axle[last];
    double trail = rear_axle < 0 ? lead : train->truth.axle[view->axle[rear_axle]].u + ahead - view->axle_x[rear_axle];
    input.u_end[view->direction > 0 ? 0 : 1] = lead;
    input.u_end[view->direction > 0 ? 1 : 0] = trail;
    return input;
}

EstimatorInput wire_estimator(const Scenario *scenario, const World *world, int t)
{
    const TrainWorld *train = &world->trains[t];
    EstimatorInput input = {.tick = world->tick,
                            .step = scenario->model.step,
                            .spec = &scenario->spec.estimator,
                            .cameras = scenario->spec.cameras,
                            .view = &train_guide(scenario, train)->view,
                            .model = &scenario->model,
                            .map = &scenario->maps[train_path_index(scenario, train)],
                            .readings = &train->sensors.readings,
                            .camera = train->sensors.cameras,
                            .gnss = train->sensors.gnss,
                            .expected_slip = train->guide.expected_slip};
    return input;
}

void step_sense(const Scenario *scenario, World *world, int t)
{
    int32_t cycle = step_is_cycle(scenario, world->tick), due = cycle;
    for (int c = 0; c < SENSE_CAMERAS_MAX; c++)
        due |= sensor_due(world->tick, scenario->model.step, scenario->spec.cameras[c].rate);
    due |= sensor_due(world->tick, scenario->model.step, scenario->spec.gnss.rate);
    if (!due) return;
    SenseInput input = wire_sense(scenario, world, t);
    sensor_step(&input, cycle, &world->trains[t].sensors);
}

void step_estimate(const Scenario *scenario, World *world, int t)
{
    if (!step_is_cycle(scenario, world->tick)) return;
    EstimatorInput input = wire_estimator(scenario, world, t);
    estimator_cycle(&input, &world->trains[t].estimator);
}

/* ---- guide ---- */

void step_guide(const Scenario *scenario, World *world, int t)
{
    if (!step_is_cycle(scenario, world->tick)) return;
    TrainWorld *train = &world->trains[t];
    const FaultEffects *effects = train_effects(world, t);
    int32_t was_down = train->guidance_down;
    train->guidance_down = effects && effects->guidance_down;
    if (train->guidance_down) return;
    if (was_down) guide_start(&train->guide);
    int path = train_path_index(scenario, train);
    GuideInput input = {.spec = &scenario->spec.guidance,
                        .model = train_guide(scenario, train),
                        .poses = &scenario->poses[path],
                        .estimate = &train->estimator,
                        .readings = &train->sensors.readings,
                        .path = &scenario->paths[path]};
    guide_cycle(&input, &train->guide, train->command.steer);
    steer_by_hand(scenario, world, t);
}

/* ---- train and truth ---- */

void step_train(const Scenario *scenario, World *world, int t)
{
    TrainWorld *train = &world->trains[t];
    if (scenario->spec.head.integrator == INTEGRATOR_REFERENCE) {
        step_reference(scenario, world, t);
        return;
    }
    if (train_effects(world, t)) {
        step_faulty_train(scenario, world, t);
        return;
    }
    const TrainModel *model = train_plant(scenario, world, t);
    train_step(model, &train->command, &train->environment, &train->plant, &train->output);
}

static int finite_and_bounded(double x, double bound)
{
    return x > -bound && x < bound;
}

void step_truth(const Scenario *scenario, World *world, int t)
{
    TrainWorld *train = &world->trains[t];
    if (scenario->guided) truth_step(scenario, train, world->tick);
    else plane_step(scenario, train);
    int lead = train->truth.leading_axle;
    const char *what = 0;
    if (!finite_and_bounded(train->plant.x, 1e7) || !finite_and_bounded(train->plant.y, 1e7)) what = "position";
    if (!finite_and_bounded(train->truth.speed, 200.0)) what = "speed";
    for (int m = 0; m < scenario->model.module_count; m++)
        if (!finite_and_bounded(train->plant.yaw_rate[m], 50.0)) what = "yaw_rate";
    if (!finite_and_bounded(train->truth.axle[lead].lateral, 50.0)) what = "lateral_error";
    if (!what || world->diverged) return;
    world->diverged = 1;
    world->diverged_what = what;
}
