/* Driving by hand: keys set the LIVE rows of [manual], as an event at the present tick each time, so that a session
   driven by hand is saved and repeats like any other change. The lever moves by fifths, as a master controller's notches
   do; the wheel goes through angles that are fine in the middle and coarse at its lock. */
#include "render/window_parts.h"

#include <math.h>
#include <stdlib.h>

#define NOTCH 0.2      /* of full traction or full service brake */
#define HORN_SECONDS 1.0
#define DEGREES (180.0 / 3.141592653589793)

static const double wheel_angles[] = {0.0, 0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 12.0, 18.0, 25.0, 35.0}; /* degrees */
enum { WHEEL_ANGLES = sizeof wheel_angles / sizeof wheel_angles[0] };

/* What the hands hold. A command counts from the next tick on: while the run is paused it stands here alone. */
static ManualControls *hands_of(Window *w)
{
    int64_t tick = session_tick(w->session);
    if (w->hands_tick != tick) w->hands = session_settings(w->session)->manual;
    w->hands_tick = tick;
    return &w->hands;
}

const ManualControls *window_hands(Window *w)
{
    return hands_of(w);
}

int window_drives(Window *w)
{
    if (!w->session || w->look.camera.train != 0) return 0;
    return session_sample(w->session)->trains[0].manual || hands_of(w)->drive;
}

static int give(Window *w, const SessionSetting *given, int count)
{
    Text why = {0};
    int good = session_command(w->session, given, count, 0.0, &why);
    if (!good) window_say(w, text_bytes(&why));
    text_free(&why);
    return good;
}

static int give_one(Window *w, const char *key, double value)
{
    const SessionSetting setting = {settings_find(key), value};
    return give(w, &setting, 1);
}

static void take_over(Window *w)
{
    const TrainSample *train = &session_sample(w->session)->trains[0];
    ManualControls *hands = hands_of(w);
    if (w->look.camera.train != 0) {
        window_say(w, "Only train 1 can be driven by hand");
    } else if (train->mode == MODE_HOLD_SPEED) {
        window_say(w, "A manoeuvre drives here, no hand can");
    } else if (session_scenario(w->session)->spec.operation.grade <= GRADE_MANUAL) {
        window_say(w, "This scenario is driven by hand all the time");
    } else if (hands->drive) {
        const SessionSetting back[] = {{settings_find("manual.drive"), 0.0},
                                       {settings_find("manual.hand_steer"), 0.0},
                                       {settings_find("manual.doors"), 0.0}};
        if (!give(w, back, 3)) return;
        hands->drive = hands->hand_steer = hands->doors = 0;
        window_say(w, "The train drives itself again");
    } else {
        const SessionSetting over[] = {{settings_find("manual.drive"), 1.0}, {settings_find("manual.lever"), 0.0}};
        if (!give(w, over, 2)) return;
        hands->drive = 1;
        hands->lever = 0.0;
        window_say(w, "You drive: W, S lever, Q coast, Enter horn, Z doors");
    }
}

static void move_lever(Window *w, double to)
{
    ManualControls *hands = hands_of(w);
    // whole notches, so that there and back meets the same places; exactly 1, 0.8 ... as a file would state them
    double lever = fmin(fmax(round(to / NOTCH), -1.0 / NOTCH), 1.0 / NOTCH) / (1.0 / NOTCH);
    if (lever == hands->lever || !give_one(w, "manual.lever", lever)) return;
    hands->lever = lever;
}

/* To the next angle, from that of the hand or, at the first touch, from the one that the guidance holds. */
static void turn_wheel(Window *w, int left)
{
    const TrainSample *train = &session_sample(w->session)->trains[0];
    ManualControls *hands = hands_of(w);
    int lead = train->direction > 0 ? 0 : train->axle_count - 1, nearest = 0;
    double now = DEGREES * (hands->hand_steer ? hands->steer : train->axles[lead].steer);
    for (int i = 1 - WHEEL_ANGLES; i < WHEEL_ANGLES; i++) {
        double angle = copysign(wheel_angles[abs(i)], i), best = copysign(wheel_angles[abs(nearest)], nearest);
        if (fabs(angle - now) < fabs(best - now)) nearest = i;
    }
    int to = nearest + left;
    if (abs(to) >= WHEEL_ANGLES) return;
    double steer = copysign(wheel_angles[abs(to)], to) / DEGREES;
    const SessionSetting wheel[] = {{settings_find("manual.hand_steer"), 1.0}, {settings_find("manual.steer"), steer}};
    if (!give(w, wheel, 2)) return;
    hands->hand_steer = 1;
    hands->steer = steer;
}

static void let_wheel_go(Window *w)
{
    ManualControls *hands = hands_of(w);
    if (!hands->hand_steer || !give_one(w, "manual.hand_steer", 0.0)) return;
    hands->hand_steer = 0;
    window_say(w, "The guidance steers again");
}

static void sound_horn(Window *w)
{
    ManualControls *hands = hands_of(w);
    if (!hands->horn && !give_one(w, "manual.horn", 1.0)) return;
    hands->horn = 1;
    w->horn_until = session_sample(w->session)->time + HORN_SECONDS;
    window_say(w, "Horn");
}

void window_hands_off_horn(Window *w)
{
    double time = session_sample(w->session)->time;
    if (w->horn_until < 0.0 || (time < w->horn_until && time > w->horn_until - HORN_SECONDS - 0.1)) return;
    if (hands_of(w)->horn) give_one(w, "manual.horn", 0.0), w->hands.horn = 0;
    w->horn_until = -1.0;
}

static void ask_doors(Window *w)
{
    ManualControls *hands = hands_of(w);
    if (!give_one(w, "manual.doors", !hands->doors)) return;
    hands->doors = !hands->doors;
    int moving = session_sample(w->session)->trains[0].speed > 0.05;
    window_say(w, !hands->doors ? "Doors: close" : moving ? "Doors: open, once it stands at a platform" : "Doors: open");
}

void window_drive(Window *w, KeyAction action)
{
    switch (action) {
    case KEY_TAKE_OVER: take_over(w); break;
    case KEY_LEVER_UP: move_lever(w, hands_of(w)->lever + NOTCH); break;
    case KEY_LEVER_DOWN: move_lever(w, hands_of(w)->lever - NOTCH); break;
    case KEY_COAST: move_lever(w, 0.0); break;
    case KEY_WHEEL_LEFT: turn_wheel(w, 1); break;
    case KEY_WHEEL_RIGHT: turn_wheel(w, -1); break;
    case KEY_WHEEL_FREE: let_wheel_go(w); break;
    case KEY_HORN: sound_horn(w); break;
    case KEY_DOORS: ask_doors(w); break;
    default: break;
    }
}
