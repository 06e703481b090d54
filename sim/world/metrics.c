/* The catalogue of metrics: what the monitor's totals mean at the end of a run (MODEL 11). A metric that was never
   measured is absent. Ignores: the parts that are not built (schedule, faults) have no row. */
#include "sim/base/real.h"
#include "sim/world/metrics_parts.h"

static int from_peak(MetricValue *out, const Peak *peak)
{
    *out = (MetricValue){.value = peak->value, .tick = peak->tick, .chainage = peak->chainage};
    return peak->tick >= 0;
}

/* readers of one extreme */
#define PEAK_READER(NAME, MEMBER) \
    READER(NAME) \
    { \
        SELF; \
        return from_peak(out, &self->MEMBER); \
    }
PEAK_READER(speed_max, speed)
PEAK_READER(over_limit, over_limit)
PEAK_READER(lead_peak, lead_lateral)
PEAK_READER(lead_open_peak, lead_lateral_open)
PEAK_READER(axle_peak, lateral[member])
PEAK_READER(axle_open_peak, lateral_open[member])
PEAK_READER(axle_offtracking, offtracking[member])
PEAK_READER(swept_width, swept_width)
PEAK_READER(lane_clearance, lane_clearance_min)
PEAK_READER(kerb_clearance, kerb_clearance)
PEAK_READER(platform_clearance, platform_clearance)
PEAK_READER(passing_clearance, passing_clearance)
PEAK_READER(hinge_angle, hinge_angle)
PEAK_READER(hinge_force, hinge_force)
PEAK_READER(accel_long, accel_long)
PEAK_READER(accel_lat, accel_lat)
PEAK_READER(jerk, jerk)
PEAK_READER(wheel_load, wheel_load_min)
PEAK_READER(arrival_lateness, late_arrival)
PEAK_READER(obstacle_gap_min, obstacle_gap)
PEAK_READER(impact_speed, impact)
PEAK_READER(dwell_max, dwell_max)
PEAK_READER(fault_detection_time, fault_detection_time)
PEAK_READER(separation_min, separation)
PEAK_READER(headway_min, headway_least)
PEAK_READER(headway_max, headway_most)
PEAK_READER(battery_least, battery_least)
PEAK_READER(battery_warmest, battery_warmest)
PEAK_READER(roll_peak, roll)
PEAK_READER(load_transfer, load_transfer)
PEAK_READER(hinge_torque, hinge_torque)
PEAK_READER(stop_error_max, stop_error)
PEAK_READER(door_gap_min, door_gap_least)
PEAK_READER(door_gap_max, door_gap_most)

READER(schedule_deviation)
{
    SELF;
    int open = self->overdue.tick >= 0 && self->overdue.value > self->lateness.value;
    return from_peak(out, open ? &self->overdue : &self->lateness);
}

READER(faults_detected)
{
    SELF;
    return self->faults_begun > 0 && whole_run(out, (double)self->faults_detected);
}

READER(alarms_without_fault)
{
    SELF;
    return self->on_path && whole_run(out, (double)self->alarms_without_fault);
}

READER(distance)
{
    SELF;
    return whole_run(out, self->distance);
}

READER(stops_served)
{
    SELF;
    return self->on_path && whole_run(out, (double)self->stations_served);
}

READER(atp_interventions)
{
    SELF;
    from_peak(out, &self->last_intervention);
    return self->on_path; /* none is a count too */
}

READER(emergency_brakes)
{
    SELF;
    from_peak(out, &self->last_emergency_brake);
    return 1;
}

READER(red_stops)
{
    SELF;
    return self->signals && whole_run(out, (double)self->red_stops);
}

READER(red_time)
{
    SELF;
    return self->signals && whole_run(out, self->red_time);
}

READER(signal_passed)
{
    SELF;
    from_peak(out, &self->signal_passed); /* none is a count too */
    return self->signals;
}

READER(cross_delay)
{
    SELF;
    return self->signals && whole_run(out, self->cross_delay);
}

/* a count of collisions, and where the worst was */
static int collision_count(const TrainMonitor *self, int32_t count, MetricValue *out)
{
    from_peak(out, &self->impact);
    out->value = (double)count;
    return self->road_users;
}

READER(collisions)
{
    SELF;
    return collision_count(self, self->collisions, out);
}

READER(collisions_avoidable)
{
    SELF;
    return collision_count(self, self->avoidable, out);
}

READER(trains_outside)
{
    (void)train, (void)member;
    int32_t outside = monitor->trains_outside;
    return monitor->train_count + outside > 1 && whole_run(out, (double)outside);
}

READER(train_collisions)
{
    SELF;
    return self->traffic && whole_run(out, (double)self->train_collisions);
}

READER(passengers_boarded)
{
    SELF;
    return self->last_calls > 0 && whole_run(out, (double)self->boarded);
}

READER(passengers_alighted)
{
    SELF;
    return self->last_calls > 0 && whole_run(out, (double)self->alighted);
}

PEAK_READER(crowding, crowding)

READER(passengers_left)
{
    SELF;
    return self->last_calls > 0 && whole_run(out, (double)self->left_behind);
}

READER(wheel_lifts)
{
    SELF;
    from_peak(out, &self->last_lift);
    return 1;
}

READER(hinge_stops)
{
    SELF;
    from_peak(out, &self->last_stop);
    return 1;
}

READER(rollovers)
{
    SELF;
    from_peak(out, &self->last_rollover);
    return 1;
}

READER(slip_control_time)
{
    SELF;
    return whole_run(out, self->slip_control_time);
}

READER(lead_rms)
{
    SELF;
    if (!self->on_path || self->moving_looks == 0) return 0;
    return whole_run(out, real_sqrt(self->lead_square / (double)self->moving_looks));
}

READER(axle_rms)
{
    SELF;
    if (!self->on_path || self->moving_looks == 0) return 0;
    return whole_run(out, real_sqrt(self->lateral_square[member] / (double)self->moving_looks));
}

PEAK_READER(estimate_peak, sense.end[0].error)
PEAK_READER(estimate_peak_trailing, sense.end[1].error)
PEAK_READER(axle_floor, sense.floor[member])

/* the floor where the axle was furthest off */
READER(axle_floor_at_peak)
{
    SELF;
    *out = (MetricValue){.value = real_abs(self->sense.floor_at_peak[member]), .tick = self->lateral[member].tick,
                         .chainage = self->lateral[member].chainage};
    return self->on_path && out->tick >= 0;
}

READER(estimate_rms)
{
    SELF;
    if (self->sense.samples == 0) return 0;
    return whole_run(out, real_sqrt(self->sense.end[0].error_square / (double)self->sense.samples));
}

/* readers of a mean over the cycles of sensing */
#define SENSE_READER(NAME, MEMBER)                                                                                     \
    READER(NAME)                                                                                                       \
    {                                                                                                                  \
        SELF;                                                                                                          \
        if (self->sense.samples == 0) return 0;                                                                        \
        return whole_run(out, (double)self->sense.MEMBER / (double)self->sense.samples);                               \
    }
SENSE_READER(bound_kept, end[0].within)
SENSE_READER(bound_kept_trailing, end[1].within)
SENSE_READER(bound_mean, end[0].bound_sum)
SENSE_READER(bound_mean_trailing, end[1].bound_sum)

READER(marks_found_share)
{
    SELF;
    int64_t seen = self->sense.marks_found + self->sense.marks_missed;
    return seen > 0 && whole_run(out, (double)self->sense.marks_found / (double)seen);
}

READER(ghosts_taken)
{
    SELF;
    return self->sense.samples > 0 && whole_run(out, (double)self->sense.ghosts_taken);
}

READER(stop_error_rms)
{
    SELF;
    if (self->stations_served == 0) return 0;
    return whole_run(out, real_sqrt(self->stop_error_square / (double)self->stations_served));
}

/* the step that is furthest from level, up or down */
READER(door_step_max)
{
    SELF;
    Peak most = {.value = -1.0, .tick = -1};
    for (int i = 0; i < VEHICLE_DOORS_MAX; i++) {
        const Peak *step = &self->doors[i].step;
        if (step->tick >= 0) peak_raise(&most, real_abs(step->value), step->tick, step->chainage);
    }
    return from_peak(out, &most);
}

static const Metric metrics[] = {
    {"distance_m", "m", SIGNAL_TRAIN, distance, "travelled"},
    {"stops_served", "1", SIGNAL_TRAIN, stops_served, "platforms at which the doors opened"},
    {"stop_error_max_m", "m", SIGNAL_TRAIN, stop_error_max, "nose to stop line, the worst stop, either way"},
    {"stop_error_rms_m", "m", SIGNAL_TRAIN, stop_error_rms, "nose to stop line, over all stops"},
    {"schedule_deviation_max_s", "s", SIGNAL_TRAIN, schedule_deviation,
     "early or late at a departure, or late at an arrival, that has a time, at worst and where; a departure that is due and "
     "has not happened counts so far"},
    {"arrival_lateness_max_s", "s", SIGNAL_TRAIN, arrival_lateness,
     "at an arrival that has a time, the latest; negative: always early"},
    {"red_stops", "1", SIGNAL_TRAIN, red_stops, "stops at signals at danger"},
    {"red_time_s", "s", SIGNAL_TRAIN, red_time, "standing at signals at danger"},
    {"signals_passed_at_danger", "1", SIGNAL_TRAIN, signal_passed, "1: beyond a signal's supervised point without leave"},
    {"cross_street_delay_s", "s", SIGNAL_TRAIN, cross_delay, "mean wait of a vehicle on the junctions' cross streets"},
    {"collisions", "1", SIGNAL_TRAIN, collisions, "road users that were hit, and where hardest"},
    {"collisions_avoidable", "1", SIGNAL_TRAIN, collisions_avoidable,
     "of these, those before which the best brake could have stopped from the first moment at which they were in range"},
    {"collision_speed_max_mps", "m/s", SIGNAL_TRAIN, impact_speed, "at the worst of them"},
    {"obstacle_gap_min_m", "m", SIGNAL_TRAIN, obstacle_gap_min, "nose to a road user in the lane"},
    {"trains_outside", "1", SIGNAL_RUN, trains_outside, "trains, the last by number, that have not entered the line"},
    {"train_collisions", "1", SIGNAL_TRAIN, train_collisions, "other trains run into"},
    {"separation_min_m", "m", SIGNAL_TRAIN, separation_min, "nose to the next train on its way"},
    {"headway_min_s", "s", SIGNAL_TRAIN, headway_min, "behind the train before it, at departures from platforms"},
    {"headway_max_s", "s", SIGNAL_TRAIN, headway_max, "behind the train before it, at departures from platforms"},
    {"dwell_max_s", "s", SIGNAL_TRAIN, dwell_max, "doors fully open, the longest call"},
    {"passengers_boarded", "1", SIGNAL_TRAIN, passengers_boarded, "at all calls"},
    {"passengers_alighted", "1", SIGNAL_TRAIN, passengers_alighted, "at all calls"},
    {"crowding_max_per_m2", "1/m2", SIGNAL_TRAIN, crowding, "standing passengers, the fullest module"},
    {"passengers_left_behind", "1", SIGNAL_TRAIN, passengers_left, "because the train was full"},
    {"door_gap_min_m", "m", SIGNAL_TRAIN, door_gap_min, "door sill to platform edge, least of all doors and stops"},
    {"door_gap_max_m", "m", SIGNAL_TRAIN, door_gap_max, "door sill to platform edge, most of all doors and stops"},
    {"door_step_max_m", "m", SIGNAL_TRAIN, door_step_max, "door sill over platform, up or down, most of all doors and stops"},
    {"speed_max_mps", "m/s", SIGNAL_TRAIN, speed_max, "highest speed"},
    {"speed_over_limit_max_mps", "m/s", SIGNAL_TRAIN, over_limit,
     "speed less the lowest limit between nose and tail, at worst; negative: never over"},
    {"lead_lateral_error_rms_m", "m", SIGNAL_TRAIN, lead_rms, "of the axle that leads, while it moves"},
    {"lead_lateral_error_peak_m", "m", SIGNAL_TRAIN, lead_peak, "of the axle that leads"},
    {"lead_lateral_error_open_peak_m", "m", SIGNAL_TRAIN, lead_open_peak,
     "of the axle that leads, while the whole train is away from platforms and their shifts"},
    {"axle#_lateral_error_rms_m", "m", SIGNAL_AXLE, axle_rms, "to the track, while the train moves"},
    {"axle#_lateral_error_peak_m", "m", SIGNAL_AXLE, axle_peak, "to the track"},
    {"axle#_lateral_error_open_peak_m", "m", SIGNAL_AXLE, axle_open_peak,
     "to the track, while the whole train is away from platforms and their shifts"},
    {"axle#_floor_peak_m", "m", SIGNAL_AXLE, axle_floor,
     "geometric floor of the error to the track where the train was: no steering removes it"},
    {"axle#_floor_at_peak_m", "m", SIGNAL_AXLE, axle_floor_at_peak, "geometric floor where the axle was furthest off"},
    {"estimate_error_rms_m", "m", SIGNAL_TRAIN, estimate_rms, "estimated less true offset of the axle that leads"},
    {"estimate_error_peak_m", "m", SIGNAL_TRAIN, estimate_peak, "the same, at worst"},
    {"protection_kept_share", "1", SIGNAL_TRAIN, bound_kept, "of the time that the protection level covers that error"},
    {"protection_level_mean_m", "m", SIGNAL_TRAIN, bound_mean, "protection level of the leading axle's offset"},
    {"estimate_error_trailing_peak_m", "m", SIGNAL_TRAIN, estimate_peak_trailing,
     "estimated less true offset of the last axle, at worst"},
    {"protection_kept_trailing_share", "1", SIGNAL_TRAIN, bound_kept_trailing,
     "of the time that the protection level covers that error"},
    {"protection_level_trailing_mean_m", "m", SIGNAL_TRAIN, bound_mean_trailing,
     "protection level of the last axle's offset"},
    {"marks_found_share", "1", SIGNAL_TRAIN, marks_found_share, "of the marks that cameras had in view, those found"},
    {"ghosts_taken", "1", SIGNAL_TRAIN, ghosts_taken, "false marks that cameras took for paint, counted a frame"},
    {"axle#_offtracking_peak_m", "m", SIGNAL_AXLE, axle_offtracking, "to the path of the axle that leads"},
    {"swept_width_max_m", "m", SIGNAL_TRAIN, swept_width, "of the band that the bodies sweep at one place"},
    {"lane_clearance_min_m", "m", SIGNAL_TRAIN, lane_clearance, "body corner to the edge of its lane"},
    {"kerb_clearance_min_m", "m", SIGNAL_TRAIN, kerb_clearance, "body to the kerb of the road"},
    {"platform_clearance_min_m", "m", SIGNAL_TRAIN, platform_clearance, "body to the edge of a platform beside it"},
    {"passing_clearance_min_m", "m", SIGNAL_TRAIN, passing_clearance, "body to the side of another train abreast"},
    {"hinge_angle_peak_rad", "rad", SIGNAL_TRAIN, hinge_angle, "greatest articulation of any hinge"},
    {"hinge_force_peak_n", "N", SIGNAL_TRAIN, hinge_force, "greatest force of any hinge"},
    {"accel_long_peak_mps2", "m/s2", SIGNAL_TRAIN, accel_long, "worst module, after a 2 Hz low-pass"},
    {"accel_lat_peak_mps2", "m/s2", SIGNAL_TRAIN, accel_lat, "worst module, after a 2 Hz low-pass"},
    {"jerk_peak_mps3", "m/s3", SIGNAL_TRAIN, jerk, "change of either acceleration after the low-pass, worst module"},
    {"wheel_load_min_n", "N", SIGNAL_TRAIN, wheel_load, "least load of any wheel"},
    {"wheel_lifts", "1", SIGNAL_TRAIN, wheel_lifts, "times that a wheel left the road, and where last"},
    {"load_transfer_ratio_peak", "1", SIGNAL_TRAIN, load_transfer,
     "load of one side less the other's, over both, of one module; 1: one side carries it all"},
    {"roll_peak_rad", "rad", SIGNAL_TRAIN, roll_peak, "greatest roll of any module against its road"},
    {"rollovers", "1", SIGNAL_TRAIN, rollovers, "1: the train has gone over, which ends the run and fails it unless an "
     "expectation on this metric asks for it"},
    {"hinge_torque_peak_nm", "Nm", SIGNAL_TRAIN, hinge_torque, "greatest yaw torque of any hinge"},
    {"hinge_stop_contacts", "1", SIGNAL_TRAIN, hinge_stops, "times that a hinge came to lie on its stop, and where last"},
    {"battery_soc_min", "1", SIGNAL_TRAIN, battery_least, "least state of charge"},
    {"battery_temperature_max_k", "K", SIGNAL_TRAIN, battery_warmest, "of its cells"},
    {"slip_control_time_s", "s", SIGNAL_TRAIN, slip_control_time, "in which slip control cut the torque of any axle"},
    {"atp_interventions", "1", SIGNAL_TRAIN, atp_interventions, "times that the ATP braked, and where last"},
    {"faults_detected", "1", SIGNAL_TRAIN, faults_detected, "faults that the train noticed; absent in a run without faults"},
    {"fault_detection_time_max_s", "s", SIGNAL_TRAIN, fault_detection_time, "from a fault's onset to the train's alarm"},
    {"alarms_without_fault", "1", SIGNAL_TRAIN, alarms_without_fault, "alarms that no active fault explains"},
    {"emergency_brakes", "1", SIGNAL_TRAIN, emergency_brakes, "times that the emergency brake was applied, and where last"},
};

enum { OWN_METRICS = (int)(sizeof metrics / sizeof metrics[0]) };

int metric_count(void)
{
    return OWN_METRICS + energy_metric_count + mode_metric_count + manoeuvre_metric_count;
}

const Metric *metric_at(int index)
{
    if (index < 0 || index >= metric_count()) return NULL;
    if (index < OWN_METRICS) return &metrics[index];
    index -= OWN_METRICS;
    if (index < energy_metric_count) return &energy_metrics[index];
    index -= energy_metric_count;
    return index < mode_metric_count ? &mode_metrics[index] : &manoeuvre_metrics[index - mode_metric_count];
}
