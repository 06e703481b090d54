/* Numbers to text. Rounding happens once, in printf, after a value that would round to zero has lost its sign. */
#include "render/hud_text.h"
#include "sim/operate/modes.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static double positive_zero(double value, int decimals)
{
    return fabs(value) < 0.5 * pow(10.0, -decimals) ? 0.0 : value;
}

void hud_number(char *text, size_t size, double value, int decimals)
{
    if (!isfinite(value)) {
        snprintf(text, size, "--");
        return;
    }
    snprintf(text, size, "%.*f", decimals, positive_zero(value, decimals));
}

void hud_number_signed(char *text, size_t size, double value, int decimals)
{
    if (!isfinite(value)) {
        snprintf(text, size, "--");
        return;
    }
    double shown = positive_zero(value, decimals);
    if (shown == 0.0) {
        snprintf(text, size, "%.*f", decimals, 0.0);
    } else {
        snprintf(text, size, "%+.*f", decimals, shown);
    }
}

void hud_kmh(char *text, size_t size, double metres_per_second)
{
    hud_number(text, size, metres_per_second * 3.6, 0);
}

void hud_distance(char *text, size_t size, double metres)
{
    if (!isfinite(metres)) {
        snprintf(text, size, "--");
    } else if (fabs(metres) < 99.95) {
        snprintf(text, size, "%.1f m", positive_zero(metres, 1));
    } else if (fabs(metres) < 999.5) {
        snprintf(text, size, "%.0f m", metres);
    } else {
        snprintf(text, size, "%.2f km", metres / 1000.0);
    }
}

void hud_clock(char *text, size_t size, double seconds)
{
    if (!isfinite(seconds) || seconds < 0) {
        snprintf(text, size, "--");
        return;
    }
    // a time is cut, not rounded: 59.996 s is not yet a minute; the small share covers ticks like 0.29
    long long hundredths = (long long)floor(seconds * 100.0 + 1e-4);
    long long minutes = hundredths / 6000, rest = hundredths % 6000;
    if (minutes < 60) {
        snprintf(text, size, "%02lld:%02lld.%02lld", minutes, rest / 100, rest % 100);
    } else {
        snprintf(text, size, "%lld:%02lld:%02lld.%lld", minutes / 60, minutes % 60, rest / 100, rest % 100 / 10);
    }
}

void hud_rate(char *text, size_t size, double rate)
{
    if (rate <= 0 || !isfinite(rate)) {
        snprintf(text, size, "max");
    } else {
        snprintf(text, size, "%.3gx", rate);
    }
}

/* Modes of operation that say more than what the train does; null: the others. */
static const char *operation_name(int operation)
{
    static const char *const names[OPERATION_MODES] = {
        [OPERATION_DEGRADED] = "Degraded", [OPERATION_MINIMAL_RISK] = "Minimal-risk stop",
        [OPERATION_SAFE_STOP] = "Safe stop", [OPERATION_MANUAL] = "Manual",
        [OPERATION_ON_SIGHT] = "On sight", [OPERATION_REMOTE] = "Remote",
        [OPERATION_EMERGENCY] = "Emergency",
    };
    return operation >= 0 && operation < OPERATION_MODES ? names[operation] : NULL;
}

const char *hud_mode_name(const TrainSample *train)
{
    int mode = train->mode;
    const char *operation = operation_name(train->operation);
    if (operation && mode != MODE_FINISHED) return operation;
    static const char *const names[] = {
        [MODE_STANDBY] = "Standby",     [MODE_DRIVING] = "Driving",     [MODE_STOPPING] = "Stopping",
        [MODE_DOORS] = "Station",       [MODE_TURNBACK] = "Turnback",   [MODE_HOLD_SPEED] = "Hold speed",
        [MODE_EMERGENCY] = "Emergency", [MODE_FINISHED] = "End of run",
    };
    return mode >= 0 && mode < (int)(sizeof names / sizeof names[0]) ? names[mode] : "Unknown mode";
}

const char *hud_station(const Route *route, int station)
{
    return station >= 0 && station < route->station_count ? route->stations[station].name : "the stop";
}

void hud_doors(char *text, size_t size, const TrainSample *train)
{
    char opening[32], dwell[48];
    hud_number(opening, sizeof opening, 100.0 * train->door_opening, 0);
    const char *side = train->doors == 1 ? "left" : train->doors == 2 ? "right" : "";
    if (train->dwell_left > 0) {
        char left[32];
        hud_number(left, sizeof left, train->dwell_left, 0);
        snprintf(dwell, sizeof dwell, ", close in %s s", left);
    } else {
        dwell[0] = '\0';
    }
    if (train->door_opening <= 0) {
        snprintf(text, size, "Doors closed%s", dwell);
    } else if (train->door_opening >= 1) {
        snprintf(text, size, "Doors open %s%s", side, dwell);
    } else {
        snprintf(text, size, "Doors %s %s %% open%s", side, opening, dwell);
    }
    // passengers and timetable, where the scenario has them
    size_t used = strlen(text);
    if (train->passengers > 0) snprintf(text + used, size - used, ", %d aboard", (int)train->passengers);
    used = strlen(text);
    if (fabs(train->lateness) >= 1.0)
        snprintf(text + used, size - used, ", %.0f s %s", fabs(train->lateness),
                 train->lateness > 0.0 ? "late" : "early");
}

HudEventClass hud_event_class(int kind)
{
    switch (kind) {
    case EVENT_MISSED:
    case EVENT_ATP_BRAKE:
    case EVENT_EMERGENCY:
    case EVENT_TRACK_LOST:
    case EVENT_FAULT_ON:
    case EVENT_WHEEL_LIFT:
    case EVENT_ROLLOVER:
    case EVENT_COLLISION:
    case EVENT_BATTERY_EMPTY:
    case EVENT_DIVERGED: return HUD_EVENT_ALARM;
    case EVENT_FAULT_OFF:
    case EVENT_FAULT_DETECTED:
    case EVENT_WHEEL_LANDED:
    case EVENT_BATTERY_SERVES:
    case EVENT_SETTING: return HUD_EVENT_CHANGE;
    case EVENT_DEPART:
    case EVENT_ARRIVE: return HUD_EVENT_STATION;
    default: return HUD_EVENT_PLAIN;
    }
}

static const char *event_words(int kind)
{
    static const char *const words[EVENT_KINDS] = {
        [EVENT_START] = "The run begins",
        [EVENT_DEPART] = "Departs",
        [EVENT_ARRIVE] = "Arrives",
        [EVENT_MISSED] = "Missed the stop",
        [EVENT_DOORS_OPEN] = "Doors open",
        [EVENT_DOORS_CLOSED] = "Doors closed",
        [EVENT_TURNBACK] = "Changes ends",
        [EVENT_FINISHED] = "End of the run",
        [EVENT_ATP_BRAKE] = "Train protection brakes",
        [EVENT_ATP_RELEASE] = "Train protection releases the brake",
        [EVENT_EMERGENCY] = "Emergency brake",
        [EVENT_SETTING] = "Setting changed",
        [EVENT_TRACK_LOST] = "Track lost from sight",
        [EVENT_TRACK_FOUND] = "Track found again",
        [EVENT_DIVERGED] = "The simulation diverged",
        [EVENT_FAULT_ON] = "Fault begins",
        [EVENT_FAULT_OFF] = "Fault ends",
        [EVENT_FAULT_DETECTED] = "The train notices a fault",
        [EVENT_WHEEL_LIFT] = "A wheel lifts",
        [EVENT_WHEEL_LANDED] = "All wheels on the road again",
        [EVENT_ROLLOVER] = "The train rolls over",
        [EVENT_COLLISION] = "Collision",
        [EVENT_MODE] = "Mode of operation",
        [EVENT_BATTERY_EMPTY] = "The battery is empty",
        [EVENT_BATTERY_SERVES] = "The battery serves again",
    };
    return kind >= 0 && kind < EVENT_KINDS && words[kind] ? words[kind] : "Event";
}

void hud_event(char *text, size_t size, const HudInput *input, const Event *event)
{
    char train[32] = "", station[ART_NAME_MAX + 8] = "", place[64] = "";
    if (input->sample->train_count > 1) snprintf(train, sizeof train, "Train %d: ", (int)event->train + 1);
    int kind = event->kind;
    int at_station = kind == EVENT_DEPART || kind == EVENT_ARRIVE || kind == EVENT_MISSED || kind == EVENT_DOORS_OPEN ||
                     kind == EVENT_DOORS_CLOSED;
    if (at_station && event->subject >= 0 && event->subject < input->route->station_count) {
        int there = kind == EVENT_ARRIVE || kind == EVENT_MISSED;
        const char *link = kind == EVENT_DEPART ? " from " : there ? " at " : ": ";
        snprintf(station, sizeof station, "%s%s", link, hud_station(input->route, event->subject));
    }
    if (kind == EVENT_ARRIVE) {
        char error[32];
        hud_number(error, sizeof error, 100 * fabs(event->value), 0);
        snprintf(place, sizeof place, ", %s cm %s its stop line", error, event->value > 0 ? "beyond" : "before");
    }
    const char *reason = event->reason && event->reason[0] ? event->reason : NULL;
    snprintf(text, size, "%s%s%s%s%s%s", train, event_words(kind), station, place, reason ? ": " : "",
             reason ? reason : "");
}
