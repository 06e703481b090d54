/* The picture of the scenario that the chooser has selected: its run, opened and stepped to a moment that shows what it
   is about, drawn beside the list. One view is open at a time, since the back end keeps one line's textures: that of the
   run in the window is closed meanwhile and opened again when the chooser is left. */
#include "render/window_parts.h"

#include <math.h>

#define REST 0.15        /* s that the selection rests before its picture is made */
#define MOMENT_MOST 60.0 /* s; a later one would take too long to reach */

/* Two seconds into the first fault or event, else half a minute from the start. */
static double moment_of(const Scenario *scenario)
{
    const ScenarioSpec *spec = &scenario->spec;
    double moment = fmin(30.0, spec->head.duration / 3.0);
    if (spec->event_count > 0 && spec->events[0].at > 0.0) moment = spec->events[0].at + 2.0;
    if (spec->fault_count > 0 && spec->faults[0].at > 0.0) moment = spec->faults[0].at + 2.0;
    return fmin(moment, MOMENT_MOST);
}

static void close_picture(Window *w)
{
    view_close(w->preview_view);
    session_close(w->preview);
    w->preview_view = NULL;
    w->preview = NULL;
}

static int open_picture(Window *w)
{
    Text mistakes = {0};
    view_close(w->view);
    w->view = NULL;
    close_picture(w);
    // the letters of the views before have gone from the back end
    view_sheet_close(w->empty);
    w->empty = view_sheet_open();
    if (!w->empty) return 0;
    w->preview = session_open(w->chooser.items[w->previewed].file, &mistakes);
    text_free(&mistakes); // opening the file shows them
    if (!w->preview) return 1;
    const Scenario *scenario = session_scenario(w->preview);
    session_run_to(w->preview, (int64_t)(moment_of(scenario) / scenario->spec.head.step));
    w->preview_view = view_open(w->preview);
    return w->preview_view != NULL;
}

int window_preview(Window *w)
{
    if (w->sheet != SHEET_CHOOSER || w->chooser.count == 0) {
        int had = w->previewed >= 0;
        w->previewed = w->pointed = -1;
        if (!had) return 1;
        close_picture(w);
        return !w->session || w->view || window_show_run(w);
    }
    if (w->pointed != w->chooser.selected) {
        w->pointed = w->chooser.selected;
        w->pointed_at = w->clock;
    }
    if (w->pointed == w->previewed || w->clock - w->pointed_at < REST) return 1;
    w->previewed = w->pointed;
    return open_picture(w);
}

void window_preview_close(Window *w)
{
    close_picture(w);
}
