/* Wheels in blocks. Slip implicitly, s+ = (s sigma + h v_slip)/(sigma + h |v_x|), so nothing divides by speed;
   sigma shrinks with the secant of the force curve, not below a tenth. Below 0.5 m/s the slip that the tyre sees
   gains d v_slip/C, the damping d = 2 zeta sqrt(k m_w) of the carcass k = C/sigma, inside the friction limit; and where
   nothing slides any more sigma s is the carcass's deflection, not what sliding left in s: the contact adheres again with
   the deflection of the force that it has (Pacejka, ch. 8, restricts it likewise). Spin:
   w + h T/(I + h R (h C R/ (sigma + h |v_x|) + d R)); then the Coulomb torque of brakes and rolling resistance
   takes at most what is left: w never changes sign by a brake and a locked wheel stays locked. Source: Pacejka,
   Tire and Vehicle Dynamics, ch. 7 and 8; MODEL section 3. Ignores: camber, gyroscopic moments, the contact patch's
   own width and length, wheel hop. */
#include "sim/train/lanes.h"
#include "sim/train/wheel_lanes.h"

/* the larger slip of a wheel is kept inside, or a sliding wheel near standstill would wind it up without bound; beyond it
   nothing adheres, and both point where the contact slides */
#define SLIP_MAX 2.0
#define SLIDING_MIN 1e-9 /* m/s: floor of a sliding speed that is divided by */
#define LOW_SPEED 0.5    /* m/s: the carcass damping fades in below */
#define HELD_SPEED 0.1   /* m/s: slower nothing slides on: the contact adheres again ... */
#define SLIDES 2.8       /* ... where the force was less than C s over this, well behind the peak; ... */
#define HELD 1.6         /* ... with the deflection of that force: 0.09 of the grip off by the shipped tyre, 0.15 by steep ones */
#define GRIP_MIN 0.1     /* floor of the relaxation length over its length at zero slip */
#define PATH_MIN 1e-6    /* m: floor of sigma + h |v_x| */
#define TURN_SPEED 0.1   /* m/s: driving and braking change places with the direction of travel within */
#define TRAIL_SPEED 0.05 /* m/s: the pneumatic trail turns over with the direction of travel */

LANES_INLINED void turn_of(const TrainModel *model, TrainLayout layout, const WheelInputs *inputs, WheelMotion *motion)
{
    for (int w = 0; w < layout.wheels; w += ART_LANES) {
        /* tan d_w = tan d/(1 - y tan d/(x - x_c)): the axes of both wheels meet on the line through the centre */
        real s = lanes_gather(inputs->sine, layout.wheel_axle + w);
        real c = lanes_gather(inputs->cosine, layout.wheel_axle + w) - lanes_load(model->wheel_steer + w) * s;
        real scale = 1.0 / real_sqrt(s * s + c * c);
        s *= scale;
        c *= scale;
        real rate = lanes_gather(inputs->yaw_rate, layout.wheel_module + w);
        real vx = lanes_gather(inputs->vx, layout.wheel_module + w) - lanes_load(model->wheel_y + w) * rate;
        real vy = lanes_gather(inputs->vy, layout.wheel_module + w) + lanes_load(model->wheel_x + w) * rate;
        lanes_store(motion->sine + w, s);
        lanes_store(motion->cosine + w, c);
        lanes_store(motion->vx + w, c * vx + s * vy);
        lanes_store(motion->vy + w, c * vy - s * vx);
    }
}

void wheel_lanes_turn(const TrainModel *model, const WheelInputs *inputs, WheelMotion *motion)
{
    if (model->usual) turn_of(model, layout_usual(), inputs, motion);
    else turn_of(model, layout_of(model), inputs, motion);
}

/* one direction of the transient slip; returns it and hands out sigma + h |v_x| */
static inline real slip_step(real slip, real relaxation, real grip, real path, real distance, real *spread)
{
    real sigma = relaxation * real_max(grip, real_of(GRIP_MIN));
    *spread = real_max(sigma + path, real_of(PATH_MIN));
    return (slip * sigma + distance) / *spread;
}

/* The slip once sliding has ended: what is left is the deflection that the force of the tick before, C times grip times the
   old slip, makes. */
static inline real slip_held(real slip, real old, real grip, real sliding)
{
    real most = real_select(real_max(grip * SLIDES, sliding * (1.0 / HELD_SPEED)) < 1.0, HELD * grip * real_abs(old),
                            real_of(SLIP_MAX));
    return real_clamp(slip, -most, most);
}

LANES_INLINED void slip_of(const TrainModel *model, TrainLayout layout, const WheelState *state, WheelMotion *motion,
                           TyreContacts *contacts)
{
    double step = model->step;
    for (int w = 0; w < layout.wheels; w += ART_LANES) {
        real vx = lanes_load(motion->vx + w), sliding_y = lanes_load(motion->vy + w);
        real speed = real_abs(vx), path = step * speed;
        real sliding_x = lanes_load(state->spin + w) * lanes_load(model->wheel_radius + w) - vx;
        real spread_x, spread_y;
        real old_x = lanes_load(state->slip_x + w), grip_x = lanes_load(state->grip_x + w);
        real old_y = lanes_load(state->slip_y + w), grip_y = lanes_load(state->grip_y + w);
        real slip_x = slip_step(old_x, lanes_load(model->relaxation_x + w), grip_x, path, step * sliding_x, &spread_x);
        real slip_y = slip_step(old_y, lanes_load(model->relaxation_y + w), grip_y, path, step * sliding_y, &spread_y);
        real_mask slides = real_max(real_abs(slip_x), real_abs(slip_y)) > SLIP_MAX;
        real sliding = real_max(real_max(real_abs(sliding_x), real_abs(sliding_y)), real_of(SLIDING_MIN));
        real scale = SLIP_MAX / sliding;
        slip_x = real_select(slides, sliding_x * scale, slip_x);
        slip_y = real_select(slides, sliding_y * scale, slip_y);
        slip_x = slip_held(slip_x, old_x, grip_x, sliding);
        slip_y = slip_held(slip_y, old_y, grip_y, sliding);
        real fade = real_max(1.0 - speed * (1.0 / LOW_SPEED), real_of(0.0));
        real damping_x = lanes_load(model->carcass_x + w) * fade;
        real damping_y = lanes_load(model->carcass_y + w) * fade;
        lanes_store(state->slip_x + w, slip_x);
        lanes_store(state->slip_y + w, slip_y);
        lanes_store(contacts->slip_x + w, slip_x + damping_x * sliding_x);
        lanes_store(contacts->slip_y + w, slip_y + damping_y * sliding_y);
        lanes_store(contacts->backing + w, 1.0 - real_clamp(vx * (1.0 / TURN_SPEED), real_of(-1.0), real_of(1.0)));
        lanes_store(motion->spread + w, spread_x);
        lanes_store(motion->damping + w, damping_x);
    }
}

void wheel_lanes_slip(const TrainModel *model, const WheelState *state, WheelMotion *motion, TyreContacts *contacts)
{
    if (model->usual) slip_of(model, layout_usual(), state, motion, contacts);
    else slip_of(model, layout_of(model), state, motion, contacts);
}

LANES_INLINED void spin_of(const TrainModel *model, TrainLayout layout, const WheelInputs *inputs,
                           const TyreContacts *contacts, const WheelState *state, WheelMotion *motion)
{
    double step = model->step, per_step = 1.0 / step;
    for (int w = 0; w < layout.wheels; w += ART_LANES) {
        real radius = lanes_load(model->wheel_radius + w);
        real rolling = model->rolling_resistance * radius * lanes_load(contacts->load + w);
        real held = lanes_gather(inputs->brake, layout.wheel_axle + w) + rolling;
        real slope = lanes_load(contacts->slope_x + w) *
                     (step / lanes_load(motion->spread + w) + lanes_load(motion->damping + w));
        real inertia = lanes_load(model->wheel_inertia + w) + step * radius * radius * slope;
        real gain = step / inertia;
        real spin = lanes_load(state->spin + w), drive = lanes_gather(inputs->drive, layout.wheel_axle + w);
        real force = lanes_load(contacts->fx + w);
        real free_spin = spin + gain * (drive - radius * force);
        real taken = gain * held;
        real next = real_max(free_spin - taken, real_of(0.0)) + real_min(free_spin + taken, real_of(0.0));
        real mean = 0.5 * (spin + next), friction = (free_spin - next) * (inertia * per_step);
        real by_rolling = real_clamp(friction, -rolling, rolling);
        lanes_store(motion->mean_spin + w, mean);
        /* the tyre holds the wheel with the force predicted for its new spin */
        lanes_store(motion->tyre_power + w, radius * (force + radius * slope * (next - spin)) * mean);
        lanes_store(motion->rolling_power + w, by_rolling * mean);
        lanes_store(motion->brake_power + w, (friction - by_rolling) * mean);
        lanes_store(state->spin + w, next);
        lanes_store(state->turn + w, lanes_load(state->turn + w) + step * next);
        lanes_store(state->grip_x + w, lanes_load(contacts->grip_x + w));
        lanes_store(state->grip_y + w, lanes_load(contacts->grip_y + w));
    }
}

void wheel_lanes_spin(const TrainModel *model, const WheelInputs *inputs, const TyreContacts *contacts,
                      const WheelState *state, WheelMotion *motion)
{
    if (model->usual) spin_of(model, layout_usual(), inputs, contacts, state, motion);
    else spin_of(model, layout_of(model), inputs, contacts, state, motion);
}

LANES_INLINED void force_of(const TrainModel *model, TrainLayout layout, const TyreContacts *contacts, WheelMotion *motion)
{
    for (int w = 0; w < layout.wheels; w += ART_LANES) {
        real s = lanes_load(motion->sine + w), c = lanes_load(motion->cosine + w), vx = lanes_load(motion->vx + w);
        real along = lanes_load(contacts->fx + w), across = lanes_load(contacts->fy + w);
        real forward = vx / (real_abs(vx) + TRAIL_SPEED);
        real fx = c * along - s * across, fy = s * along + c * across;
        lanes_store(motion->fx + w, fx);
        lanes_store(motion->fy + w, fy);
        lanes_store(motion->moment + w, lanes_load(model->wheel_x + w) * fy - lanes_load(model->wheel_y + w) * fx +
                                            forward * lanes_load(contacts->mz + w));
    }
}

void wheel_lanes_force(const TrainModel *model, const TyreContacts *contacts, WheelMotion *motion)
{
    if (model->usual) force_of(model, layout_usual(), contacts, motion);
    else force_of(model, layout_of(model), contacts, motion);
}
