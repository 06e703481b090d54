/* What a manoeuvre shows, from the true state of every tick. Rearward amplification: peaks (or, with random input, the size
   of each sine) of a following module's lateral acceleration and yaw rate at its centre of gravity over the first
   module's. Yaw damping: the mean ratio r of successive swings of a hinge after the input, D = ln r / sqrt(pi^2 + ln^2 r),
   swings of 5 % of the first one at least. Turns and rings: the outlines of all bodies beside the path of the first axle,
   and about the centre of the turn. Source: ISO 14791 and ISO 7401 as the literature describes them. Ignores: filters of
   real measurements. */
#include "sim/world/monitor_manoeuvre.h"
#include "sim/base/elementary.h"
#include "sim/base/real.h"
#include "sim/world/step.h"

#define SETTLED 1.0      /* s: the end of the run that counts as steady */
#define SWING_LEAST 1e-5 /* rad: smaller swings are none */
#define SWING_SHARE 0.05 /* of the first swing */
#define LEVELS_PER_ONE 64.0
#define STILL 0.01      /* m/s */
#define CELLS_BEFORE 20 /* cells of the swept band before the arc begins */
enum { SIDE_POINTS = 12, OUTLINE_POINTS = 2 * (SIDE_POINTS + 1), CELLS_BEHIND = 8 };

static double time_of(const MonitorView *view)
{
    return (double)view->tick * view->scenario->model.step;
}

void monitor_manoeuvre_init(const Scenario *scenario, TrainMonitor *train)
{
    ManoeuvreMonitor *self = &train->manoeuvre;
    *self =
        (ManoeuvreMonitor){.outer = -1.0, .inner = 1e9, .high_speed_at = -1.0, .low_speed_at = -1.0, .distance = -1.0};
    Peak none = {.value = -1e300, .tick = -1};
    for (int i = 0; i < ART_MODULES_MAX; i++) self->accel[i] = self->yaw_rate[i] = none;
    self->lead_accel = self->last_offtracking = self->tail_swing = self->lift_accel = self->response = none;
    self->brake_aside = self->brake_yaw = none;
    self->from_speed = scenario->manoeuvre.speed;
    for (int i = 0; i < MONITOR_SWEEP_CELLS; i++) {
        train->sweep.left[i] = -1e9;
        train->sweep.right[i] = 1e9;
    }
}

/* Lateral acceleration of the first axle: its module's, and what the module's turning adds. */
static void watch_lead(const MonitorView *view, ManoeuvreMonitor *self)
{
    const TrainModel *model = &view->scenario->model;
    double rate = view->train->plant.yaw_rate[0], change = (rate - self->last_yaw_rate) / model->step;
    self->lead_accel_now = view->train->output.module_ay[0] + change * model->axle_x[0];
    self->last_yaw_rate = rate;
}

static void watch_peaks(const MonitorView *view, ManoeuvreMonitor *self)
{
    const TrainModel *model = &view->scenario->model;
    peak_raise(&self->lead_accel, real_abs(self->lead_accel_now), view->tick, 0.0);
    for (int i = 0; i < model->module_count; i++) {
        peak_raise(&self->accel[i], real_abs(view->train->output.module_ay[i]), view->tick, 0.0);
        peak_raise(&self->yaw_rate[i], real_abs(view->train->plant.yaw_rate[i]), view->tick, 0.0);
    }
    double aside = view->train->truth.offtracking[model->axle_count - 1];
    peak_raise(&self->last_offtracking, real_abs(aside), view->tick, 0.0);
}

static void watch_lift(const MonitorView *view, ManoeuvreMonitor *self)
{
    const TrainModel *model = &view->scenario->model;
    if (self->lift_accel.tick >= 0 || model->planar) return;
    for (int w = 0; w < model->wheel_count; w++) {
        if (view->train->output.wheel_fz[w] > 0.0 || model->wheels_of[model->wheel_axle[w]] == 1) continue;
        double accel = view->train->output.module_ay[model->wheel_module[w]];
        peak_raise(&self->lift_accel, real_abs(accel), view->tick, 0.0);
    }
}

static void watch_swing(double angle, HingeSwing *swing)
{
    int32_t way = angle > swing->last ? 1 : angle < swing->last ? -1 : swing->way;
    if (swing->way != 0 && way != swing->way) {
        double amplitude = real_abs(swing->last - swing->extreme);
        if (swing->extremes == 1) swing->first_amplitude = amplitude;
        double least = real_max(SWING_LEAST, SWING_SHARE * swing->first_amplitude);
        if (swing->extremes > 1 && amplitude >= least && swing->amplitude > 0.0) {
            swing->ratio_sum += swing->amplitude / amplitude;
            swing->ratios++;
        }
        swing->amplitude = swing->extremes > 0 && amplitude >= least ? amplitude : 0.0;
        swing->extreme = swing->last;
        swing->extremes++;
    }
    swing->way = way;
    swing->last = angle;
}

static void watch_response(const MonitorView *view, ManoeuvreMonitor *self)
{
    double whole = view->scenario->manoeuvre.yaw_rate;
    if (whole == 0.0) return;
    double share = view->train->plant.yaw_rate[0] / whole;
    while (self->level_count < MONITOR_LEVELS && share * LEVELS_PER_ONE >= (double)(self->level_count + 1))
        self->level_time[self->level_count++] = time_of(view);
    peak_raise(&self->response, share, view->tick, 0.0);
}

/* Correlates with each sine over whole periods of the slowest one, from one period after the start on. */
static void watch_tones(const MonitorView *view, ManoeuvreMonitor *self)
{
    const ManoeuvrePlan *plan = &view->scenario->manoeuvre;
    double period = 1.0 / MANOEUVRE_TONE, from = plan->start + period;
    double whole = real_floor((view->scenario->spec.head.duration - from) / period) * period,
           time = time_of(view) - from;
    if (time < 0.0 || time >= whole - 0.5 * view->scenario->model.step) return;
    int last = view->scenario->model.module_count - 1;
    self->tone_ticks++;
    for (int k = 0; k < plan->tones; k++) {
        double sine, cosine;
        art_sincos(2.0 * ART_PI * MANOEUVRE_TONE * (k + 1) * time, &sine, &cosine);
        for (int end = 0; end < 2; end++) {
            int i = end == 0 ? 0 : last;
            double accel = end == 0 ? self->lead_accel_now : view->train->output.module_ay[i];
            double rate = view->train->plant.yaw_rate[i];
            self->tone[0][end][k][0] += cosine * accel;
            self->tone[0][end][k][1] += sine * accel;
            self->tone[1][end][k][0] += cosine * rate;
            self->tone[1][end][k][1] += sine * rate;
        }
    }
}

/* The outline of a module, `number` of OUTLINE_POINTS: body x and y. */
static Vec2 outline(const TrainModel *model, int module, int number)
{
    int last = model->module_count - 1;
    double front = module == 0 ? model->nose_front[0] : model->hinge_front[module];
    double rear = module == last ? model->nose_rear[last] : model->hinge_rear[module];
    double half = 0.5 * model->vehicle->modules[module].width, share = (double)(number / 2) / SIDE_POINTS;
    return vec2(front + share * (rear - front), number % 2 == 0 ? half : -half);
}

static Vec2 in_world(const TrainWorld *train, int module, Vec2 body)
{
    double sine, cosine;
    art_sincos(train->plant.yaw[module], &sine, &cosine);
    return vec2_add(vec2(train->output.module_x[module], train->output.module_y[module]),
                    vec2_rotate(body, sine, cosine));
}

/* The last second: radius of the first axle's circle, lateral acceleration, and the bodies about the centre of the turn. */
static void watch_settled(const MonitorView *view, ManoeuvreMonitor *self)
{
    const TrainModel *model = &view->scenario->model;
    const TrainWorld *train = view->train;
    double rate = train->plant.yaw_rate[0], vx = train->output.module_vx[0], vy = train->output.module_vy[0];
    double axle_vy = vy + rate * model->axle_x[view->scenario->manoeuvre.axle];
    self->settled_ticks++;
    self->axle_speed += real_sqrt(vx * vx + axle_vy * axle_vy);
    self->turn += rate;
    self->lateral += train->output.module_ay[0];
    self->aside += train->truth.offtracking[model->axle_count - 1];
    if (real_abs(rate) < 1e-6 || !step_is_cycle(view->scenario, view->tick)) return;
    Vec2 centre = in_world(train, 0, vec2(-vy / rate, vx / rate));
    for (int i = 0; i < model->module_count; i++) {
        for (int point = 0; point < OUTLINE_POINTS; point++) {
            Vec2 gap = vec2_sub(in_world(train, i, outline(model, i, point)), centre);
            double distance = real_sqrt(vec2_dot(gap, gap));
            self->outer = real_max(self->outer, distance);
            self->inner = real_min(self->inner, distance);
        }
    }
}

static int64_t cell_of(const ManoeuvrePath *path, double station)
{
    return (int64_t)real_floor((station - path->run_in) / MONITOR_SWEEP_SPACING) + CELLS_BEFORE;
}

/* A point of the outline beside the path: the band at its station, and how far it swings out over the line of entry. */
static void sweep_point(const MonitorView *view, TrainMonitor *self, Vec2 local, double near, double half)
{
    const ManoeuvrePath *path = &view->scenario->manoeuvre.path;
    ManoeuvreFoot foot = manoeuvre_path_foot(path, local.x, local.y, near);
    MonitorSweep *sweep = &self->sweep;
    int64_t cell = cell_of(path, foot.station);
    if (cell >= 0 && cell < MONITOR_SWEEP_CELLS) {
        sweep->left[cell] = real_max(sweep->left[cell], foot.lateral);
        sweep->right[cell] = real_min(sweep->right[cell], foot.lateral);
    }
    peak_raise(&self->manoeuvre.tail_swing, -path->side * local.y - half, view->tick, 0.0);
}

/* Cells that the tail has left have their whole width. */
static void close_cells(const MonitorView *view, double tail, TrainMonitor *self)
{
    MonitorSweep *sweep = &self->sweep;
    int64_t last = cell_of(&view->scenario->manoeuvre.path, tail) - CELLS_BEHIND;
    if (last > MONITOR_SWEEP_CELLS) last = MONITOR_SWEEP_CELLS;
    for (; sweep->tail < last; sweep->tail++) {
        double width = sweep->left[sweep->tail] - sweep->right[sweep->tail];
        if (width > 0.0) peak_raise(&self->swept_width, width, view->tick, 0.0);
    }
}

static void watch_sweep(const MonitorView *view, TrainMonitor *self)
{
    const Scenario *scenario = view->scenario;
    const TrainModel *model = &scenario->model;
    const ManoeuvrePlan *plan = &scenario->manoeuvre;
    const InitialSpec *initial = &scenario->spec.initial;
    double sine, cosine, station = plan->speed * time_of(view);
    double most = plan->path.run_in + 1.5 * ART_PI * plan->path.radius;
    if (plan->kind == MANOEUVRE_RING && station > most)
        return; /* soon the first axle comes back to the line of entry */
    art_sincos(initial->yaw, &sine, &cosine);
    Vec2 ahead = vec2(cosine * model->axle_x[plan->axle], sine * model->axle_x[plan->axle]);
    Vec2 origin = vec2_add(vec2(initial->x, initial->y), ahead);
    double behind = model->axle_position[plan->axle]; /* m from the first axle forward to a module's CG */
    for (int i = 0; i < model->module_count; i++) {
        double half = 0.5 * model->vehicle->modules[i].width;
        behind -= model->nose_front[i];
        for (int point = 0; point < OUTLINE_POINTS; point++) {
            Vec2 body = outline(model, i, point), gap = vec2_sub(in_world(view->train, i, body), origin);
            sweep_point(view, self, vec2_rotate(gap, -sine, cosine), station + behind + body.x, half);
        }
        behind += model->nose_rear[i];
    }
    close_cells(view, station + behind, self);
}

static void watch_brake(const MonitorView *view, ManoeuvreMonitor *self)
{
    const TrainWorld *train = view->train;
    double sine, cosine, speed = train->output.module_vx[0];
    if (self->brake_aside.tick < 0) {
        self->from_x = train->output.module_x[0];
        self->from_y = train->output.module_y[0];
        self->from_yaw = train->plant.yaw[0];
        self->from_speed = speed;
    }
    art_sincos(self->from_yaw, &sine, &cosine);
    double dx = train->output.module_x[0] - self->from_x, dy = train->output.module_y[0] - self->from_y;
    double along = cosine * dx + sine * dy;
    if (self->high_speed_at < 0.0 && speed <= 0.8 * self->from_speed) self->high_speed_at = along;
    if (self->low_speed_at < 0.0 && speed <= 0.1 * self->from_speed) self->low_speed_at = along;
    if (self->distance < 0.0 && speed <= STILL) self->distance = along;
    for (int i = 0; i < view->scenario->model.module_count; i++) {
        double aside =
            cosine * (train->output.module_y[i] - self->from_y) - sine * (train->output.module_x[i] - self->from_x);
        peak_raise(&self->brake_aside, real_abs(aside), view->tick, 0.0);
        peak_raise(&self->brake_yaw, real_abs(train->plant.yaw[i] - self->from_yaw), view->tick, 0.0);
    }
}

void monitor_manoeuvre(const MonitorView *view, TrainMonitor *self)
{
    const Scenario *scenario = view->scenario;
    const ManoeuvrePlan *plan = &scenario->manoeuvre;
    ManoeuvreMonitor *own = &self->manoeuvre;
    double time = time_of(view);
    int path = plan->kind == MANOEUVRE_TURN || plan->kind == MANOEUVRE_RING;
    if (path && step_is_cycle(view->scenario, view->tick)) watch_sweep(view, self);
    watch_lead(view, own);
    if (time < plan->start) return;
    watch_peaks(view, own);
    watch_lift(view, own);
    if (plan->kind == MANOEUVRE_BRAKE) watch_brake(view, own);
    if (plan->kind == MANOEUVRE_STEP_STEER) watch_response(view, own);
    if (plan->kind == MANOEUVRE_RANDOM) watch_tones(view, own);
    if (time >= plan->input_end) {
        for (int h = 0; h + 1 < scenario->model.module_count; h++)
            watch_swing(view->train->plant.yaw[h] - view->train->plant.yaw[h + 1], &own->swing[h]);
    }
    if (time > scenario->spec.head.duration - SETTLED) watch_settled(view, own);
}
