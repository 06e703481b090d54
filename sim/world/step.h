/* The stages of a tick, public so that a bench can time them apart. world_step calls them in this order. */
#pragma once
#include "sim/world/world.h"

/* 1 in ticks in which the 10 ms cycle of sensing and control runs. */
static inline int32_t step_is_cycle(const Scenario *scenario, int64_t tick)
{
    return tick % scenario->cycle_ticks == 0;
}

/* faults.c: what is due begins and ends; the effects on road and wind, on the network, on the train. */
void step_faults(const Scenario *scenario, World *world, Record *record);
/* Faults of a train that enters later than they are due. */
void faults_overdue(const Scenario *scenario, int train, World *world, Record *record);
void step_fault_surroundings(const Scenario *scenario, World *world, int train);
void step_links(const Scenario *scenario, World *world, int train);
void step_faulty_train(const Scenario *scenario, World *world, int train);
void link_hash(const CommandLink *link, int axles, Hash *hash);
/* watch.c: the train's own monitors. */
void step_supervise(const Scenario *scenario, World *world, Record *record, int train);
SupervisionInput wire_supervision(const Scenario *scenario, const World *world, int train);
/* boarding.c: passengers at the start, at the doors, and the load once they are shut. */
void boarding_start(const Scenario *scenario, int train, TrainWorld *own);
void boarding_exchange(const Scenario *scenario, const World *world, int train, TrainWorld *own);
void boarding_close(const Scenario *scenario, int train, TrainWorld *own);
void boarding_hash(const Scenario *scenario, const TrainWorld *train, Hash *hash);
/* Standing passengers a m2 in a module. */
double boarding_crowding(const Scenario *scenario, const TrainWorld *train, int module);
/* The constants that the plant of a train has now. */
static inline const TrainModel *train_plant(const Scenario *scenario, const World *world, int train)
{
    return world->trains[train].own_load ? &world->trains[train].laden : &scenario->model;
}
/* What faults do to a train in this tick; null when nothing. */
static inline const FaultEffects *train_effects(const World *world, int train)
{
    return world->trains[train].faulty ? &world->trains[train].effects : 0;
}
/* The air that has passed, for all trains. */
void step_air(const Scenario *scenario, World *world);
/* Road users appear, are seen, are hit. */
void step_obstacles(const Scenario *scenario, World *world, Record *record);
/* Signals of all junctions. */
void step_signals(const Scenario *scenario, World *world);
void step_surroundings(const Scenario *scenario, World *world, int train);
void step_sense(const Scenario *scenario, World *world, int train);
void step_estimate(const Scenario *scenario, World *world, int train);
void step_operate(const Scenario *scenario, World *world, Record *record, int train);
void step_guide(const Scenario *scenario, World *world, int train);
void step_open_loop(const Scenario *scenario, World *world, int train);
void step_charging(const Scenario *scenario, World *world, int train);
/* The commands of an open-loop drive at a time (open_loop.c). */
void open_loop_command(const Scenario *scenario, const Settings *settings, double time, TrainCommand *command);
/* step_train with integrator = reference (step_reference.c). */
void step_reference(const Scenario *scenario, World *world, int train);
/* Complains of speeds and steer columns that would do nothing, once the profile is there. */
void open_loop_check(const Scenario *scenario, Complaints *complaints);
/* Complains of drives that the reference cannot integrate, once the profile is there. */
void reference_check(const Scenario *scenario, Complaints *complaints);
void step_train(const Scenario *scenario, World *world, int train);
void step_truth(const Scenario *scenario, World *world, int train);

/* modes.c: the mode of operation of a train, and what it does to the ATO; `own` keeps the ATO's values where they change. */
ModesInput wire_modes(const Scenario *scenario, const World *world, int train);
void step_modes(const Scenario *scenario, World *world, Record *record, int train);
void limit_to_mode(const TrainWorld *train, AtoSpec *own, AtoInput *ato);
/* modes.c: a driver's hands. 1 while they drive; effort of the lever; the leading axle by the wheel, after the guidance. */
int32_t driven_by_hand(const Scenario *scenario, const World *world, int train);
void drive_by_hand(const Scenario *scenario, World *world, int train);
void steer_by_hand(const Scenario *scenario, World *world, int train);
/* Trains enter the line, in their order, when their time has come and their place is free (world.c). */
void step_entries(const Scenario *scenario, World *world, Record *record);

/* The path of a train as it runs now, round after round, and the view from its leading cab. */
static inline int32_t train_path_index(const Scenario *scenario, const TrainWorld *train)
{
    int32_t path = train->service.path;
    return path < scenario->path_count ? path : path % scenario->path_count;
}
static inline const Path *train_path(const Scenario *scenario, const TrainWorld *train)
{
    return &scenario->paths[train_path_index(scenario, train)];
}
static inline const GuideModel *train_guide(const Scenario *scenario, const TrainWorld *train)
{
    return &scenario->guide[scenario_leading_cab(scenario, train_path_index(scenario, train))];
}
/* Sets the true feet of all axles anew, on the train's present path, from a guess of the leading CG's place. */
void truth_start(const Scenario *scenario, TrainWorld *train, int64_t tick, double lead_u);
/* About how far the train has come since its feet were found, m. */
static inline double truth_ahead(const Scenario *scenario, const TrainWorld *train, int64_t tick)
{
    return train->truth.speed * (double)(tick - train->truth.tick) * scenario->model.step;
}
/* The true foot of an axle in a tick, also in one between the cycles; where the leading axle ran at its place. */
PathFoot truth_foot(const Scenario *scenario, const TrainWorld *train, int64_t tick, int axle);
double truth_offtracking(const Scenario *scenario, const TrainWorld *train, const PathFoot *foot);
/* The same on the endless plane (plane.c). */
void plane_start(const Scenario *scenario, TrainWorld *train);
void plane_step(const Scenario *scenario, TrainWorld *train);
void truth_step(const Scenario *scenario, TrainWorld *train, int64_t tick);
/* Inputs of rooms, wired in one place. */
SenseInput wire_sense(const Scenario *scenario, const World *world, int train);
EstimatorInput wire_estimator(const Scenario *scenario, const World *world, int train);
AtpInput wire_atp(const Scenario *scenario, const World *world, int train);
