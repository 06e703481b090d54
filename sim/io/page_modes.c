/* Modes of operation of a run as a table: each change of each train, how long the mode lasted, and how the minimal-risk state
   was reached. Ignores: runs in which every train drove itself all the time. */
#include <math.h>
#include "sim/io/markup.h"
#include "sim/io/page.h"
#include "sim/operate/modes.h"
#include "sim/world/run.h"

/* Above it there is no cap. */
static const double no_cap = 1e3; /* m/s */

/* Until the same train's next change, or the end. */
static double lasted(const RunReport *report, const Film *film, int index)
{
    for (int i = index + 1; i < film->mode_count; i++)
        if (film->modes[i].train == film->modes[index].train) return film->modes[i].time - film->modes[index].time;
    return report->sim_time - film->modes[index].time;
}

static void mode_row(const RunReport *report, const Film *film, int index, Text *out)
{
    const FilmMode *mode = &film->modes[index];
    markup_add(out, "<tr><td class=\"number\" data-of=\"train\">%d</td><td data-of=\"mode\">", mode->train + 1);
    markup_name(out, operation_names[mode->operation]);
    markup_add(out, "</td><td class=\"number\" data-of=\"from\"><a href=\"#player-%s\" data-at=\"%.3f\">%.2f s</a></td>",
               report->case_id, mode->time, mode->time);
    markup_add(out, "<td class=\"number\" data-of=\"at chainage\">%.1f m</td><td class=\"number\" data-of=\"for\">%.2f s</td>",
               mode->chainage, lasted(report, film, index));
    text_add(out, "<td class=\"number\" data-of=\"cap\">");
    if (mode->cap >= 0.0 && mode->cap < no_cap) markup_add(out, "%.3g km/h", 3.6 * mode->cap);
    else text_add(out, "-");
    text_add(out, "</td><td data-of=\"because\">");
    markup_text(out, mode->reason ? mode->reason : "");
    text_add(out, "</td></tr>\n");
}

static void rest_words(const RunReport *report, int train, Text *out)
{
    double stops = run_metric(report, "minimal_risk_stops", train);
    if (!(stops > 0.0)) return;
    double time = run_metric(report, "minimal_risk_time_s", train), way = run_metric(report, "minimal_risk_distance_m", train);
    markup_add(out, "<p>Train %d came to its minimal-risk state ", train + 1);
    if (stops < 1.5) markup_add(out, "once, %.1f s and %.1f m after the loss was noticed", time, way);
    else markup_add(out, "%.0f times, the longest %.1f s after the loss was noticed, the last one after %.1f m", stops, time, way);
    markup_add(out, "; its nose stood at chainage %.1f m, ", run_metric(report, "minimal_risk_chainage_m", train));
    double junction = run_metric(report, "minimal_risk_on_junction", train), half = run_metric(report, "minimal_risk_half_docked", train);
    if (junction > 0.0) markup_add(out, "%.0f of them on a junction", junction);
    else text_add(out, "never on a junction");
    if (half > 0.0) markup_add(out, ", %.0f of them half docked", half);
    text_add(out, ".</p>\n");
}

void page_modes(const RunReport *report, const Film *film, Text *out)
{
    if (!film || film->mode_count == 0) return;
    text_add(out, "<h3>Modes of operation</h3><div class=\"wide\"><table>\n<thead><tr><th class=\"number\">train</th>"
                  "<th>mode</th><th class=\"number\">from</th><th class=\"number\">at chainage</th>"
                  "<th class=\"number\">for</th><th class=\"number\">cap</th><th>because</th></tr></thead>\n<tbody>\n");
    for (int i = 0; i < film->mode_count; i++) mode_row(report, film, i, out);
    text_add(out, "</tbody>\n</table></div>\n");
    if (film->modes_dropped) markup_add(out, "<p class=\"hint\">%d later changes are not shown</p>\n", film->modes_dropped);
    for (int t = 0; t < report->state->world.train_count; t++) rest_words(report, t, out);
}
