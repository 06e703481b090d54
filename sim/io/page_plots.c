/* The plots of a run: speed over distance, lateral error of each axle, the geometric floor, the band of the bodies, battery,
   string diagram and a timeline of events and faults. Ignores: signals that no plot asks for; they are in trace.csv. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "sim/io/event_words.h"
#include "sim/io/markup.h"
#include "sim/io/page.h"
#include "sim/io/plot.h"
#include "sim/io/track_error.h"

enum { WIDTH = 400, HEIGHT = 240, WIDTH_WHOLE = 900, HEIGHT_WHOLE = 380, AXLES_DRAWN = 12, EVENTS_LISTED = 40 };
static const double kmh = 3.6;

static Plot *plot_new(const char *x, const char *y)
{
    Plot *plot = memory_new(sizeof *plot);
    plot_begin(plot, x, y, 0, 0);
    plot->width = WIDTH;
    plot->height = HEIGHT;
    return plot;
}

/* `words` below the plot; null: none */
static void plot_finish(Plot *plot, const char *title, const char *words, Text *out)
{
    markup_add(out, "<div class=\"plot%s\"><h3>%s</h3>", plot->width == WIDTH_WHOLE ? " whole" : "", title);
    plot_svg(plot, out);
    if (words) {
        text_add(out, "<p>");
        markup_text(out, words);
        text_add(out, "</p>");
    }
    text_add(out, "</div>\n");
    plot_free(plot);
    memory_free(plot);
}

static void speed_plot(const RunReport *report, const Film *film, Text *out)
{
    Plot *plot = plot_new("distance travelled, m", "km/h");
    int speed = plot_series(plot, PLOT_LINE, "speed"), target = -1, limit = -1, ceiling = -1;
    if (report->plan->scenario->guided) {
        target = plot_series(plot, PLOT_DASHED, "wanted by the ATO");
        limit = plot_series(plot, PLOT_LINE, "limit of the line");
        ceiling = plot_series(plot, PLOT_DASHED, "ceiling of the ATP");
    }
    for (int i = 0; i < film->point_count; i++) {
        const FilmPoint *point = &film->points[i];
        plot_point(plot, speed, point->distance, kmh * fabs(point->speed));
        if (target < 0) continue;
        plot_point(plot, target, point->distance, kmh * point->target);
        plot_point(plot, limit, point->distance, kmh * point->limit);
        plot_point(plot, ceiling, point->distance, kmh * point->ceiling);
    }
    plot_finish(plot, "Speed over distance", NULL, out);
}

/* A band from the least to the greatest error between two points, so that no peak is lost. */
static void error_plot(const RunReport *report, const Film *film, Text *out)
{
    int axles = report->plan->scenario->model.axle_count;
    Plot *plot = plot_new("distance travelled, m", "mm");
    for (int a = 0; a < axles && a < AXLES_DRAWN; a++) {
        char name[32];
        snprintf(name, sizeof name, "axle %d", a + 1);
        int series = plot_series(plot, PLOT_BAND, name);
        for (int i = 0; i < film->point_count; i++) {
            const FilmPoint *point = &film->points[i];
            plot_between(plot, series, point->distance, 1e3 * point->low[a], 1e3 * point->high[a]);
        }
    }
    plot_finish(plot, "Lateral error of each axle, left positive", NULL, out);
}

/* What any axle was off beside what geometry alone leaves there, and whose the error is. */
static void floor_plot(const RunReport *report, const Film *film, Text *out)
{
    int axles = report->plan->scenario->model.axle_count;
    Plot *plot = plot_new("chainage, m", "mm");
    int error = plot_series(plot, PLOT_LINE, "largest error of any axle");
    int floor = plot_series(plot, PLOT_DASHED, "geometric floor, which no steering removes");
    for (int i = 0; i < film->point_count; i++) {
        const FilmPoint *point = &film->points[i];
        plot_point(plot, error, point->chainage[0], 1e3 * track_error_worst(point, axles));
        plot_point(plot, floor, point->chainage[0], 1e3 * point->floor);
    }
    Text words = {0}, stretches = {0};
    track_error_words(report, &words);
    track_error_stretches(film, axles, &stretches);
    if (words.size > 0) markup_add(&words, ".%s%s%s", stretches.size ? " " : "", text_bytes(&stretches), stretches.size ? "." : "");
    plot_finish(plot, "Error beside the geometric floor", words.size ? text_bytes(&words) : NULL, out);
    text_free(&words);
    text_free(&stretches);
}

static void band_plot(const Film *film, Text *out)
{
    Plot *plot = plot_new("distance travelled, m", "m beside the track");
    int left = plot_series(plot, PLOT_LINE, "leftmost of all bodies");
    int right = plot_series(plot, PLOT_LINE, "rightmost");
    for (int i = 0; i < film->point_count; i++) {
        plot_point(plot, left, film->points[i].distance, film->points[i].left);
        plot_point(plot, right, film->points[i].distance, film->points[i].right);
    }
    plot_finish(plot, "Swept path", NULL, out);
}

/* Without a route: where the modules went. */
static void plan_plot(const RunReport *report, const Film *film, Text *out)
{
    Plot *plot = plot_new("east, m", "north, m");
    plot->equal = 1;
    for (int m = 0; m < report->plan->scenario->model.module_count; m++) {
        char name[32];
        snprintf(name, sizeof name, "module %d", m + 1);
        int series = plot_series(plot, PLOT_LINE, name);
        for (int i = 0; i < film->frame_count; i++) plot_point(plot, series, film->frames[i].x[m], film->frames[i].y[m]);
    }
    plot_finish(plot, "Swept path, centres of gravity", NULL, out);
}

static void battery_plot(const Film *film, Text *out)
{
    Plot *plot = plot_new("time, s", "kWh");
    int energy = plot_series(plot, PLOT_LINE, "drawn from the battery");
    for (int i = 0; i < film->point_count; i++)
        plot_point(plot, energy, film->points[i].time, film->points[i].energy / 3.6e6);
    plot_finish(plot, "Energy", NULL, out);
    plot = plot_new("time, s", "%");
    int charge = plot_series(plot, PLOT_LINE, "state of charge");
    for (int i = 0; i < film->point_count; i++)
        plot_point(plot, charge, film->points[i].time, 100.0 * film->points[i].charge);
    plot_finish(plot, "Battery", NULL, out);
}

/* Where the trains are to be by the timetable, as far as the run goes. */
static void timetable_dots(const RunReport *report, double end, Plot *plot)
{
    const Scenario *scenario = report->plan->scenario;
    const ServicePlan *service = &scenario->plan;
    if (service->timed_rounds == 0) return;
    int series = plot_series(plot, PLOT_DOTS, "timetable");
    for (int t = 0; t < report->state->world.train_count; t++) {
        const TrainStart *start = &scenario->starts[t];
        for (int k = 0; k < service->rounds * service->stop_count; k++) {
            const ServiceStop *stop = &service->stops[k % service->stop_count];
            ServiceState then = {.path = k / service->stop_count * service->path_count + stop->path, .shift = start->shift};
            const double times[] = {service_arrival(service, &then, stop), service_departure(service, &then, stop)};
            double chainage = path_at(&scenario->paths[stop->path], stop->u).chainage;
            for (int i = 0; i < 2; i++)
                if (times[i] >= 0.0 && times[i] <= end) plot_point(plot, series, times[i], chainage);
        }
    }
}

static void string_plot(const RunReport *report, const Film *film, Text *out)
{
    _Static_assert((int)PLOT_SERIES_MAX > (int)ART_TRAINS_MAX + 1, "a curve a train, the signals, the timetable");
    const Route *route = &report->plan->scenario->route;
    Plot *plot = plot_new("time, s", "chainage, m");
    int whole = report->state->world.train_count > 1 || film->closed_count;
    plot->fitted = 1;
    if (whole) plot->width = WIDTH_WHOLE, plot->height = HEIGHT_WHOLE;
    for (int t = 0; t < report->state->world.train_count; t++) {
        char name[32];
        snprintf(name, sizeof name, "train %d", t + 1);
        int series = plot_series(plot, PLOT_LINE, name);
        for (int i = 0; i < film->point_count; i++)
            plot_point(plot, series, film->points[i].time, film->points[i].chainage[t]);
    }
    if (film->closed_count) {
        int series = plot_series(plot, PLOT_BARS, "signals not green for the line");
        for (int i = 0; i < film->closed_count; i++) {
            const FilmClosed *closed = &film->closed[i];
            plot_bar(plot, series, closed->from, closed->to, route->junctions[closed->junction].chainage);
        }
    }
    if (film->point_count) timetable_dots(report, film->points[film->point_count - 1].time, plot);
    for (int s = 0; s < route->station_count; s++)
        plot_mark(plot, route->stations[s].chainage, route->stations[s].name);
    plot_finish(plot, "String diagram", film->closed_dropped ? "Later phases of signals are not shown." : NULL, out);
}

/* ---- events ---- */

enum { LINE_LEFT = 112, LINE_RIGHT = 12, LINE_ROW = 18, LINE_TOP = 8, ROWS_MAX = 48, LABEL_MAX = 16 };
static const double bar_least = 4.0; /* of the picture: what a short fault is still seen by */

/* A row of the timeline: all events of a kind, or one fault. */
typedef struct TimelineRow {
    int kind;
    const char *fault; /* null: a kind of event */
} TimelineRow;

static int row_has(const TimelineRow *row, const Event *event)
{
    int fault = event->kind == EVENT_FAULT_ON || event->kind == EVENT_FAULT_OFF || event->kind == EVENT_FAULT_DETECTED;
    if (!fault || !event->reason) return !row->fault && event->kind == row->kind;
    return row->fault && strcmp(row->fault, event->reason) == 0;
}

static int rows_find(const Film *film, TimelineRow rows[ROWS_MAX])
{
    int count = 0;
    for (int i = 0; i < film->event_count; i++) {
        const Event *event = &film->events[i];
        int known = 0, fault = event->kind == EVENT_FAULT_ON && event->reason;
        for (int r = 0; r < count && !known; r++) known = row_has(&rows[r], event);
        if (!known && count < ROWS_MAX) rows[count++] = (TimelineRow){event->kind, fault ? event->reason : NULL};
    }
    return count;
}

static double line_x(double time, double end)
{
    return LINE_LEFT + (WIDTH - LINE_RIGHT - LINE_LEFT) * (end > 0.0 ? time / end : 0.0);
}

static void bar_draw(double from, double to, int y, Text *out)
{
    markup_add(out, "<path class=\"bar c1\" d=\"M%.1f %dH%.1f\"/>", from, y, fmax(to, from + bar_least));
}

/* A fault is a bar from its begin to its end. */
static void bars_draw(const Scenario *scenario, const Film *film, const TimelineRow *row, int y, double end, Text *out)
{
    double since = -1.0;
    for (int i = 0; i < film->event_count; i++) {
        const Event *event = &film->events[i];
        if (!row->fault || !row_has(row, event)) continue;
        double x = line_x(run_time(scenario, event->tick), end);
        if (event->kind == EVENT_FAULT_ON) since = x;
        if (event->kind != EVENT_FAULT_OFF) continue;
        bar_draw(since, x, y, out);
        since = -1.0;
    }
    if (since >= 0.0) bar_draw(since, line_x(end, end), y, out);
}

/* Its detection is a diamond on it; every other event is a dot. */
static void row_draw(const Scenario *scenario, const Film *film, const TimelineRow *row, int y, double end, Text *out)
{
    bars_draw(scenario, film, row, y, end, out);
    for (int i = 0; i < film->event_count; i++) {
        const Event *event = &film->events[i];
        if (!row_has(row, event) || event->kind == EVENT_FAULT_OFF) continue;
        if (row->fault && event->kind == EVENT_FAULT_ON) continue;
        double time = run_time(scenario, event->tick), x = line_x(time, end);
        if (event->kind == EVENT_FAULT_DETECTED) {
            markup_add(out, "<path class=\"found\" d=\"M%.1f %dl5 6l-5 6l-5 -6z\"><title>detected at %.2f s</title></path>", x,
                       y - 6, time);
        } else {
            markup_add(out, "<circle class=\"d0\" cx=\"%.1f\" cy=\"%d\" r=\"4\"><title>%.2f s</title></circle>", x, y, time);
        }
    }
}

/* The name of a row, cut to the room that it has. */
static void row_label(const char *name, int y, Text *out)
{
    markup_add(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">", LINE_LEFT - 10, y + 4);
    char shown[LABEL_MAX + 1];
    snprintf(shown, sizeof shown, "%s", name);
    markup_text(out, shown);
    text_add(out, strlen(name) > LABEL_MAX ? "&#8230;</text>" : "</text>");
}

static void timeline_svg(const Scenario *scenario, const Film *film, double end, Text *out)
{
    TimelineRow rows[ROWS_MAX];
    int count = rows_find(film, rows), height = LINE_TOP + count * LINE_ROW + 20;
    markup_add(out, "<figure><svg viewBox=\"0 0 %d %d\" role=\"img\">", WIDTH, height);
    for (int r = 0; r < count; r++) {
        int y = LINE_TOP + r * LINE_ROW + LINE_ROW / 2;
        markup_add(out, "<path class=\"grid\" d=\"M%d %dH%d\"/>", LINE_LEFT, y, WIDTH - LINE_RIGHT);
        row_label(rows[r].fault ? rows[r].fault : event_kind_names[rows[r].kind], y, out);
        row_draw(scenario, film, &rows[r], y, end, out);
    }
    markup_add(
        out,
        "<text x=\"%d\" y=\"%d\">0 s</text><text x=\"%d\" y=\"%d\" text-anchor=\"end\">%.6g s</text></svg>"
        "<figcaption><span><b class=\"t1\">&#9644;</b> fault</span> <span><b class=\"t2\">&#9670;</b> detected</span> "
        "<span><b class=\"t0\">&#9679;</b> other events</span></figcaption></figure>",
        LINE_LEFT, height - 4, WIDTH - LINE_RIGHT, height - 4, end);
}

static void timeline(const RunReport *report, const Film *film, Text *out)
{
    const Scenario *scenario = report->plan->scenario;
    text_add(out, "<div class=\"plot\"><h3>Events and faults</h3>");
    timeline_svg(scenario, film, report->sim_time, out);
    text_add(out, "<details><summary>list</summary><ol class=\"events\">\n");
    for (int i = 0; i < film->event_count && i < EVENTS_LISTED; i++) {
        double time = run_time(scenario, film->events[i].tick);
        markup_add(out, "<li><a href=\"#player-%s\" data-at=\"%.3f\">%.2f s</a> ", report->case_id, time, time);
        Text words = {0};
        event_words(scenario, &film->events[i], &words);
        markup_text(out, words.bytes);
        text_free(&words);
        text_add(out, "</li>\n");
    }
    text_add(out, "</ol>");
    int more = film->events_dropped + (film->event_count > EVENTS_LISTED ? film->event_count - EVENTS_LISTED : 0);
    if (more) markup_add(out, "<p>and %d more, in events.jsonl</p>", more);
    text_add(out, "</details></div>\n");
}

void page_plots(const RunReport *report, const Film *film, Text *out)
{
    int guided = report->plan->scenario->guided;
    text_add(out, "<div class=\"plots\">\n");
    speed_plot(report, film, out);
    if (guided) {
        error_plot(report, film, out);
        floor_plot(report, film, out);
        band_plot(film, out);
    } else {
        plan_plot(report, film, out);
    }
    battery_plot(film, out);
    if (guided) string_plot(report, film, out);
    timeline(report, film, out);
    text_add(out, "</div>\n");
}
