/* The doors of a run's first train: gap and step at the platform, extremes over all stops. Ignores: doors that never faced
   a platform. */
#include <math.h>
#include "sim/io/markup.h"
#include "sim/io/page.h"
#include "sim/world/run.h"

static const DoorResult *doors_of(const RunReport *report)
{
    return report->state->record.monitor.trains[0].doors;
}

static int door_count(const RunReport *report)
{
    int count = 0;
    for (int i = 0; i < report->plan->scenario->vehicle.door_count; i++) count += doors_of(report)[i].step.tick >= 0;
    return count;
}

static void peak_cell(const RunReport *report, const char *column, const Peak *peak, Text *out)
{
    double time = run_time(report->plan->scenario, peak->tick);
    double tenths = round(1e4 * peak->value) + 0.0; // no -0
    markup_add(out, "<td class=\"number\" data-of=\"%s\">%.1f mm <a href=\"#player-%s\" data-at=\"%.3f\">%.1f m</a></td>", column,
               0.1 * tenths, report->case_id, time, peak->chainage);
}

void page_doors(const RunReport *report, Text *out)
{
    const Vehicle *vehicle = &report->plan->scenario->vehicle;
    if (door_count(report) == 0) return;
    text_add(out, "<h3>Doors at platforms</h3><div class=\"wide\"><table>\n<thead><tr><th>door</th><th>module, side</th>"
                  "<th class=\"number\">least gap</th><th class=\"number\">largest gap</th>"
                  "<th class=\"number\">step up to the sill</th></tr></thead>\n<tbody>\n");
    for (int i = 0; i < vehicle->door_count; i++) {
        const DoorResult *door = &doors_of(report)[i];
        if (door->step.tick < 0) continue;
        markup_add(out, "<tr><td data-of=\"door\">%d</td><td data-of=\"module, side\">%d, %s</td>", i + 1,
                   vehicle->doors[i].module, door_side_names[vehicle->doors[i].side]);
        peak_cell(report, "least gap", &door->gap_least, out);
        peak_cell(report, "largest gap", &door->gap_most, out);
        peak_cell(report, "step up to the sill", &door->step, out);
        text_add(out, "</tr>\n");
    }
    text_add(out, "</tbody>\n</table></div>\n");
}
