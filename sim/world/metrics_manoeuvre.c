/* The catalogue's rows of manoeuvres: absent in runs without one, and where the manoeuvre does not show them. */
#include "sim/base/elementary.h"
#include "sim/base/real.h"
#include "sim/world/manoeuvre.h"
#include "sim/world/signals.h"

#define LEVELS_PER_ONE 64.0

static int whole_run(MetricValue *out, double value)
{
    *out = (MetricValue){.value = value, .tick = -1, .chainage = 0.0};
    return 1;
}

static int from_peak(MetricValue *out, const Peak *peak)
{
    *out = (MetricValue){.value = peak->value, .tick = peak->tick, .chainage = 0.0};
    return peak->tick >= 0;
}

#define READER(NAME) static int NAME(const Monitor *monitor, int train, int member, MetricValue *out)
#define SELF                                                                                                           \
    const ManoeuvreMonitor *self = &monitor->trains[train].manoeuvre;                                                  \
    (void)member

static int is_one_of(const Monitor *monitor, int a, int b, int c)
{
    return monitor->manoeuvre == a || monitor->manoeuvre == b || monitor->manoeuvre == c;
}

/* Largest peak of a module behind the first one over the peak in front. */
static int amplification(const Monitor *monitor, const Peak *peaks, const Peak *lead, MetricValue *out)
{
    if (monitor->modules < 2 || lead->value <= 0.0) return 0;
    double most = 0.0;
    for (int i = 1; i < monitor->modules; i++) most = real_max(most, peaks[i].value);
    return whole_run(out, most / lead->value);
}

/* Largest gain from the first to the last module over the sines of the random input. */
static int greatest_gain(const Monitor *monitor, const double tone[2][MONITOR_TONES_MAX][2], double *frequency,
                         MetricValue *out)
{
    double most = 0.0;
    for (int k = 0; k < monitor->tones; k++) {
        double size[2];
        for (int end = 0; end < 2; end++)
            size[end] = tone[end][k][0] * tone[end][k][0] + tone[end][k][1] * tone[end][k][1];
        double gain = size[0] > 0.0 ? real_sqrt(size[1] / size[0]) : 0.0;
        if (gain <= most) continue;
        most = gain;
        *frequency = MANOEUVRE_TONE * (k + 1);
    }
    return whole_run(out, most);
}

READER(amplification_accel)
{
    SELF;
    double frequency;
    if (monitor->manoeuvre == MANOEUVRE_RANDOM)
        return monitor->modules > 1 && self->tone_ticks > 0 && greatest_gain(monitor, self->tone[0], &frequency, out);
    if (!is_one_of(monitor, MANOEUVRE_LANE_CHANGE, MANOEUVRE_PULSE, MANOEUVRE_STEP_STEER)) return 0;
    return amplification(monitor, self->accel, &self->lead_accel, out);
}

READER(amplification_yaw_rate)
{
    SELF;
    double frequency;
    if (monitor->manoeuvre == MANOEUVRE_RANDOM)
        return monitor->modules > 1 && self->tone_ticks > 0 && greatest_gain(monitor, self->tone[1], &frequency, out);
    if (!is_one_of(monitor, MANOEUVRE_LANE_CHANGE, MANOEUVRE_PULSE, MANOEUVRE_STEP_STEER)) return 0;
    return amplification(monitor, self->yaw_rate, &self->yaw_rate[0], out);
}

READER(amplification_frequency)
{
    SELF;
    double frequency = 0.0;
    if (monitor->manoeuvre != MANOEUVRE_RANDOM || monitor->modules < 2 || self->tone_ticks == 0) return 0;
    greatest_gain(monitor, self->tone[0], &frequency, out);
    return whole_run(out, frequency);
}

READER(dynamic_offtracking)
{
    SELF;
    return is_one_of(monitor, MANOEUVRE_LANE_CHANGE, MANOEUVRE_PULSE, MANOEUVRE_RANDOM) &&
           from_peak(out, &self->last_offtracking);
}

/* The hinge that swings longest. */
READER(yaw_damping)
{
    SELF;
    double least = 2.0;
    if (!is_one_of(monitor, MANOEUVRE_LANE_CHANGE, MANOEUVRE_PULSE, MANOEUVRE_PULSE)) return 0;
    for (int h = 0; h + 1 < monitor->modules; h++) {
        const HingeSwing *swing = &self->swing[h];
        if (swing->ratios == 0) continue;
        double decay = art_log(swing->ratio_sum / swing->ratios);
        least = real_min(least, decay / real_sqrt(ART_PI * ART_PI + decay * decay));
    }
    return least < 2.0 && whole_run(out, least);
}

READER(turn_radius)
{
    SELF;
    if (!is_one_of(monitor, MANOEUVRE_STEADY_CIRCLE, MANOEUVRE_RING, MANOEUVRE_STEP_STEER)) return 0;
    if (self->settled_ticks == 0 || real_abs(self->turn) < 1e-9) return 0;
    return whole_run(out, self->axle_speed / real_abs(self->turn));
}

READER(yaw_rate_gain)
{
    SELF;
    if (!is_one_of(monitor, MANOEUVRE_STEADY_CIRCLE, MANOEUVRE_STEP_STEER, MANOEUVRE_STEP_STEER)) return 0;
    if (self->settled_ticks == 0) return 0;
    return whole_run(out, self->turn / (double)self->settled_ticks / monitor->steer);
}

READER(lateral_accel_steady)
{
    SELF;
    if (!is_one_of(monitor, MANOEUVRE_STEADY_CIRCLE, MANOEUVRE_STEP_STEER, MANOEUVRE_STEP_STEER)) return 0;
    return self->settled_ticks > 0 && whole_run(out, real_abs(self->lateral) / (double)self->settled_ticks);
}

READER(offtracking_steady)
{
    SELF;
    if (!is_one_of(monitor, MANOEUVRE_STEADY_CIRCLE, MANOEUVRE_RING, MANOEUVRE_STEP_STEER)) return 0;
    return self->settled_ticks > 0 && whole_run(out, real_abs(self->aside) / (double)self->settled_ticks);
}

READER(turn_outer_radius)
{
    SELF;
    if (!is_one_of(monitor, MANOEUVRE_STEADY_CIRCLE, MANOEUVRE_RING, MANOEUVRE_RING)) return 0;
    return self->outer > 0.0 && whole_run(out, self->outer);
}

READER(turn_inner_radius)
{
    SELF;
    if (!is_one_of(monitor, MANOEUVRE_STEADY_CIRCLE, MANOEUVRE_RING, MANOEUVRE_RING)) return 0;
    return self->outer > 0.0 && whole_run(out, self->inner);
}

READER(tail_swing)
{
    SELF;
    return is_one_of(monitor, MANOEUVRE_TURN, MANOEUVRE_RING, MANOEUVRE_RING) && from_peak(out, &self->tail_swing);
}

/* Share of a train without slip: the yaw rate in the last second over the one that the steer angle asks for. */
static double settled_share(const ManoeuvreMonitor *self)
{
    return self->turn / (double)self->settled_ticks;
}

READER(response_time)
{
    SELF;
    if (monitor->manoeuvre != MANOEUVRE_STEP_STEER || self->settled_ticks == 0) return 0;
    double level = 0.9 * settled_share(self) / monitor->yaw_rate * LEVELS_PER_ONE;
    int32_t above = (int32_t)level; /* level_time[i] belongs to i + 1 */
    if (level < 1.0 || above >= self->level_count) return 0;
    double before = self->level_time[above - 1], part = level - (double)above;
    return whole_run(out, before + part * (self->level_time[above] - before) - monitor->half_steer);
}

READER(overshoot)
{
    SELF;
    if (monitor->manoeuvre != MANOEUVRE_STEP_STEER || self->settled_ticks == 0) return 0;
    double settled = settled_share(self) / monitor->yaw_rate;
    if (settled <= 0.0) return 0;
    *out = (MetricValue){.value = self->response.value / settled - 1.0, .tick = self->response.tick};
    return 1;
}

READER(lift_accel)
{
    SELF;
    return monitor->manoeuvre != MANOEUVRE_NONE && from_peak(out, &self->lift_accel);
}

READER(braking_distance)
{
    SELF;
    return monitor->manoeuvre == MANOEUVRE_BRAKE && self->distance >= 0.0 && whole_run(out, self->distance);
}

READER(braking_decel)
{
    SELF;
    if (monitor->manoeuvre != MANOEUVRE_BRAKE || self->low_speed_at < 0.0) return 0;
    double square = self->from_speed * self->from_speed * (0.64 - 0.01);
    return whole_run(out, square / (2.0 * (self->low_speed_at - self->high_speed_at)));
}

READER(braking_aside)
{
    SELF;
    return monitor->manoeuvre == MANOEUVRE_BRAKE && from_peak(out, &self->brake_aside);
}

READER(braking_yaw)
{
    SELF;
    return monitor->manoeuvre == MANOEUVRE_BRAKE && from_peak(out, &self->brake_yaw);
}

#define ROW(NAME, UNIT, READ, MEANING)                                                                                 \
    {                                                                                                                  \
        NAME, UNIT, SIGNAL_TRAIN, READ, MEANING                                                                        \
    }
const Metric manoeuvre_metrics[] = {
    ROW("rearward_amplification_accel", "1", amplification_accel,
        "lateral acceleration of a following module's CG over the first axle's: peaks, the largest; random input: the "
        "sine "
        "of largest gain, last module"),
    ROW("rearward_amplification_yaw_rate", "1", amplification_yaw_rate,
        "the same of the yaw rate over the first module's"),
    ROW("rearward_amplification_frequency_hz", "Hz", amplification_frequency,
        "random input: where the gain of the lateral acceleration is largest"),
    ROW("dynamic_offtracking_m", "m", dynamic_offtracking, "last axle to the path of the first, greatest"),
    ROW("yaw_damping_ratio", "1", yaw_damping,
        "of the hinge that swings longest, from successive swings after the input"),
    ROW("turn_radius_m", "m", turn_radius, "of the first steered axle's path in the last second"),
    ROW("yaw_rate_gain_per_s", "1/s", yaw_rate_gain, "yaw rate over steer angle in the last second"),
    ROW("lateral_accel_steady_mps2", "m/s2", lateral_accel_steady,
        "size of that of the first module in the last second, to either side"),
    ROW("offtracking_steady_m", "m", offtracking_steady, "last axle to the path of the first in the last second"),
    ROW("turn_outer_radius_m", "m", turn_outer_radius, "outermost point of the bodies from the turn's centre"),
    ROW("turn_inner_radius_m", "m", turn_inner_radius, "innermost point of the bodies from the turn's centre"),
    ROW("tail_swing_max_m", "m", tail_swing, "how far a body swings out over the line of its side before the turn"),
    ROW("yaw_rate_response_time_s", "s", response_time, "from half the steer angle to 0.9 of the settled yaw rate"),
    ROW("yaw_rate_overshoot", "1", overshoot, "peak over settled yaw rate, less 1"),
    ROW("wheel_lift_accel_mps2", "m/s2", lift_accel, "lateral acceleration of the module whose wheel lifts first"),
    ROW("braking_distance_m", "m", braking_distance, "from the command to rest"),
    ROW("braking_decel_mean_mps2", "m/s2", braking_decel, "between 0.8 and 0.1 of the speed, by distance"),
    ROW("braking_lateral_peak_m", "m", braking_aside, "of any module's CG beside the line, while braking"),
    ROW("braking_yaw_peak_rad", "rad", braking_yaw, "of any module, while braking"),
};
const int manoeuvre_metric_count = (int)(sizeof manoeuvre_metrics / sizeof manoeuvre_metrics[0]);
