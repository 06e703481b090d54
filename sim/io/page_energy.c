/* What each train and the line used, as a table of metrics: a row a train, and below them the line where there are several.
   Ignores: where the energy was lost, which the table of all metrics tells. */
#include <math.h>
#include "sim/io/markup.h"
#include "sim/io/page.h"
#include "sim/world/run.h"

/* `line`: the metric of the total; null: the sum over trains. */
typedef struct EnergyColumn {
    const char *head, *metric, *line;
    double scale;
    int decimals;
} EnergyColumn;

static const EnergyColumn columns[] = {
    {"way, km", "distance_m", NULL, 0.001, 2},
    {"used, kWh", "energy_kwh", NULL, 1.0, 1},
    {"of it in layover", "energy_layover_kwh", NULL, 1.0, 1},
    {"kWh/km without layover", "energy_kwh_per_km", "line_energy_kwh_per_km", 1.0, 2},
    {"motors took", "energy_traction_kwh", NULL, 1.0, 1},
    {"motors gave back", "energy_regenerated_kwh", NULL, 1.0, 1},
    {"auxiliaries", "energy_auxiliary_kwh", NULL, 1.0, 1},
    {"charged", "energy_charged_kwh", NULL, 1.0, 1},
};
enum { COLUMNS = (int)(sizeof columns / sizeof columns[0]) };

static double line_of(const RunReport *report, const EnergyColumn *column)
{
    if (column->line) return run_metric(report, column->line, 0);
    double sum = 0.0;
    for (int t = 0; t < report->state->world.train_count; t++) sum += run_metric(report, column->metric, t);
    return sum;
}

static void energy_cell(const EnergyColumn *column, double value, Text *out)
{
    markup_add(out, "<td class=\"number\" data-of=\"%s\">", column->head);
    if (isnan(value)) text_add(out, "-");
    else markup_add(out, "%.*f", column->decimals, column->scale * value);
    text_add(out, "</td>");
}

void page_energy(const RunReport *report, Text *out)
{
    int trains = report->state->world.train_count;
    if (!report->plan->scenario->guided) return;
    text_add(out, "<details><summary>energy</summary><div class=\"wide\"><table>\n<thead><tr><th class=\"number\">train</th>");
    for (int c = 0; c < COLUMNS; c++) markup_add(out, "<th class=\"number\">%s</th>", columns[c].head);
    text_add(out, "</tr></thead>\n<tbody>\n");
    for (int t = 0; t < trains; t++) {
        markup_add(out, "<tr><td class=\"number\" data-of=\"train\">%d</td>", t + 1);
        for (int c = 0; c < COLUMNS; c++) energy_cell(&columns[c], run_metric(report, columns[c].metric, t), out);
        text_add(out, "</tr>\n");
    }
    if (trains > 1) {
        text_add(out, "<tr><td class=\"number\" data-of=\"train\">line</td>");
        for (int c = 0; c < COLUMNS; c++) energy_cell(&columns[c], line_of(report, &columns[c]), out);
        text_add(out, "</tr>\n");
    }
    text_add(out, "</tbody>\n</table></div></details>\n");
}
