/* marks.csv: how often cameras had each dash or bar in view and found it. One row a mark that was in view at all, in the
   order of travel; row +1 left, -1 right, 0 station bar. A route is aged, and its paint repaired, by this list. Ignores:
   which of the cameras looked. */
#include "sim/io/number.h"
#include "sim/io/report.h"

static void csv_write(const ReportInput *input, Text *out)
{
    const RunPlan *plan = input->run->plan;
    const Scenario *scenario = plan->scenario;
    if (!scenario->guided) return;
    text_add(out, "path,u_m,chainage_m,row,contrast,hits,misses\n");
    for (int p = 0; p < scenario->path_count; p++) {
        const DashCount *counts = input->run->state->record.monitor.dashes[p];
        const TrackMap *map = &scenario->maps[p];
        for (int i = 0; counts && i < map->count; i++) {
            const PathMark *mark = &map->marks[i]; /* made, or no camera had it in view */
            if (counts[i].hits + counts[i].misses == 0) continue;
            const double row[] = {p + 1,           mark->u,        path_at(&scenario->paths[p], mark->u).chainage,
                                  mark->row,       mark->contrast, counts[i].hits,
                                  counts[i].misses};
            for (int k = 0; k < 7; k++) {
                if (k) text_add(out, ",");
                number_add(out, row[k]);
            }
            text_add(out, "\n");
        }
    }
}

const ReportFormat report_marks = {.file = "marks.csv", .write = csv_write};
