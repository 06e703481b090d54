/* Why a train stands, asked of those who may hold it in order of their power: the ATP, the stop button, the supervision,
   the service, what lies ahead, the drive. Ignores: whether they are right; the events before tell that. */
#include "sim/io/standing.h"
#include <math.h>
#include "sim/io/markup.h"
#include "sim/operate/atp.h"

static const double rest = 0.02;   /* m/s */
static const double near = 30.0;   /* m: what lies nearer ahead than this is what it waits for */

int train_stands(const World *world, int train)
{
    return fabs(world->trains[train].truth.speed) < rest;
}

/* "alarm camera 1, steering 3" of all that are raised */
static void alarms_add(const SupervisionState *state, Text *out)
{
    const char *before = ": alarm ";
    for (int alarm = 0; alarm < ALARM_KINDS; alarm++) {
        for (int member = 0; member < ALARM_MEMBERS_MAX; member++) {
            if (!state->raised[alarm][member]) continue;
            markup_add(out, "%s%s %d", before, alarm_names[alarm], member + 1);
            before = ", ";
        }
    }
}

/* Those who brake whatever the service wants; returns 0 when none does. */
static int protection_reason(const World *world, const TrainWorld *train, Text *out)
{
    if (train->atp.braking) {
        markup_add(out, "the ATP brakes it: %s", atp_reason_names[train->atp.reason]);
    } else if (world->settings.emergency_stop) {
        text_add(out, "the stop button is pressed (ato.emergency_stop)");
    } else if (train->modes.operation == OPERATION_SAFE_STOP || train->modes.reaction >= REACT_STOP) {
        text_add(out, "its supervision has stopped it");
        alarms_add(&train->supervision, out);
        markup_add(out, " (%s)", modes_reason(&train->modes));
    } else if (world->settings.speed_limit < rest) {
        text_add(out, "a restriction of 0 km/h is in force (ato.speed_limit)");
    } else {
        return 0;
    }
    return 1;
}

static int service_reason(const World *world, int number, const TrainSample *sample, Text *out)
{
    switch ((DriveMode)sample->mode) {
    case MODE_STANDBY: text_add(out, "its service has not begun"); return 1;
    case MODE_TURNBACK: text_add(out, "it changes cabs"); return 1;
    case MODE_FINISHED: text_add(out, "its service is done"); return 1;
    case MODE_EMERGENCY: text_add(out, "an emergency brake has stopped it"); return 1;
    case MODE_DOORS: break;
    default: return 0;
    }
    if (world->settings.hold) text_add(out, "it is held at its platform (ato.hold)");
    else if (world->trains[number].faulty && world->trains[number].effects.door_held) text_add(out, "a door does not close");
    else markup_add(out, "it is at a platform, doors %.0f %% open, %.1f s to go", 100.0 * sample->door_opening,
                    sample->dwell_left);
    return 1;
}

static int ahead_reason(const TrainSample *sample, Text *out)
{
    double obstacle = sample->obstacle_distance, danger = sample->signal_distance;
    if (obstacle >= 0.0 && obstacle < near) {
        markup_add(out, "an obstacle lies %.1f m ahead", obstacle);
    } else if (danger >= 0.0 && danger < near) {
        markup_add(out, "a signal at danger lies %.1f m ahead", danger);
    } else if (sample->authority >= 0.0 && sample->authority < rest) {
        text_add(out, "its movement authority ends here");
    } else {
        return 0;
    }
    return 1;
}

void standing_reason(const Scenario *scenario, const World *world, const Sample *sample, int number, Text *out)
{
    const TrainSample *train = &sample->trains[number];
    if (!scenario->guided) {
        text_add(out, "nothing drives it");
        return;
    }
    if (protection_reason(world, &world->trains[number], out) ||
        service_reason(world, number, train, out)) {
        return;
    }
    if (ahead_reason(train, out)) return;
    if (train->charge <= 0.0) {
        text_add(out, "its battery is empty");
    } else if (train->brake > 0.0) {
        markup_add(out, "its brakes are on by %.0f %%, nothing that was looked at asks for them", 100.0 * train->brake);
    } else {
        markup_add(out, "nothing holds it; its drive asks for %.0f %%", 100.0 * train->traction);
    }
}
