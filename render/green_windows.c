/* Past windows are read off the samples that the session kept, a fifth of a second apart. Later ones go on from the last
   of these by the fixed cycle; ignores what requests of trains will change of it. */
#include "render/green_windows.h"

#include <math.h>

static HudWindow *add(HudWindow *windows, int *count, int most)
{
    return *count < most ? &windows[(*count)++] : NULL;
}

static void seen(const Session *session, int junction, HudWindow *windows, int *count, int most)
{
    HudWindow *open = NULL;
    int samples = session_known_count(session);
    for (int i = 0; i < samples; i++) {
        int green = session_past_junctions(session, i)[junction].phase == SIGNAL_LINE_GREEN;
        double time = session_past_time(session, i);
        if (green && !open) {
            open = add(windows, count, most);
            if (!open) return;
            *open = (HudWindow){.junction = junction, .from = time};
        }
        if (open) open->to = time;
        if (!green) open = NULL;
    }
}

static void promised(const Session *session, int junction, double until, HudWindow *windows, int *count, int most)
{
    const SignalSpec *spec = &session_scenario(session)->spec.signals;
    int last = session_known_count(session) - 1;
    const JunctionSample *now = &session_past_junctions(session, last)[junction];
    double cross = fmax(spec->cycle - spec->green - 2.0 * spec->clearance, spec->cross_green_least);
    const double lasts[] = {spec->green, spec->clearance, cross, spec->clearance};
    double time = session_past_time(session, last), begin = time - now->timer;
    for (int phase = now->phase; begin < until; phase = (phase + 1) % 4) {
        double end = begin + lasts[phase];
        if (phase == SIGNAL_LINE_GREEN && end > time) {
            HudWindow *window = add(windows, count, most);
            if (!window) return;
            *window = (HudWindow){junction, fmax(begin, time), fmin(end, until), 1};
        }
        begin = fmax(end, begin + 0.1);
    }
}

int green_windows(const Session *session, double until, HudWindow *windows, int most)
{
    int count = 0, junctions = session_sample(session)->junction_count;
    if (session_known_count(session) == 0) return 0;
    for (int j = 0; j < junctions; j++) {
        seen(session, j, windows, &count, most);
        promised(session, j, until, windows, &count, most);
    }
    return count;
}
