/* The player of a run: frames as whole numbers (centimetres, milliradians, centimetres a second), the shape of the train
   and the lines of the track, for page.js to draw. Ignores: what stands beside the road. */
#include <math.h>
#include "sim/io/markup.h"
#include "sim/io/number.h"
#include "sim/io/page.h"

enum { PATH_STEP_NODES = 8, PATH_POINTS_MAX = 1500 }; /* a point of the track every 4 m, or fewer of a long one */

static void whole(Text *out, const char *comma, double value)
{
    text_add(out, comma);
    text_add_int(out, isfinite(value) ? (long long)floor(value + 0.5) : 0);
}

static void number_in(Text *out, const char *comma, double value)
{
    markup_add(out, "%s%.3g", comma, value);
}

static void shape_add(const Scenario *scenario, Text *out)
{
    const TrainModel *model = &scenario->model;
    text_add(out, "\"modules\":[");
    for (int m = 0; m < model->module_count; m++) {
        double front = m == 0 ? model->nose_front[m] : model->hinge_front[m];
        double rear = m + 1 == model->module_count ? model->nose_rear[m] : model->hinge_rear[m];
        number_in(out, m ? ",[" : "[", front);
        number_in(out, ",", rear);
        number_in(out, ",", scenario->vehicle.modules[m].width);
        text_add(out, "]");
    }
    text_add(out, "],\"axles\":[");
    for (int a = 0; a < model->axle_count; a++) {
        whole(out, a ? ",[" : "[", model->axle_module[a]);
        number_in(out, ",", model->axle_x[a]);
        number_in(out, ",", fmax(model->half_base[a], 0.01));
        text_add(out, "]");
    }
    text_add(out, "],");
}

/* The tracks that the service runs on, in centimetres from the origin. */
static void tracks_add(const Scenario *scenario, double x0, double y0, Text *out)
{
    text_add(out, "\"tracks\":[");
    for (int p = 0; scenario->guided && p < scenario->path_count; p++) {
        const Path *path = &scenario->paths[p];
        int step = PATH_STEP_NODES;
        while (path->node_count / step > PATH_POINTS_MAX) step *= 2;
        text_add(out, p ? ",[" : "[");
        for (int i = 0; i < path->node_count; i += step) {
            whole(out, i ? "," : "", 100.0 * (path_node(path, i)->x - x0));
            whole(out, ",", 100.0 * (path_node(path, i)->y - y0));
        }
        text_add(out, "]");
    }
    text_add(out, "],\"stations\":[");
    const Route *route = &scenario->route;
    for (int s = 0; scenario->guided && s < route->station_count; s++) {
        const Path *path = &scenario->paths[0];
        double chainage = route->stations[s].chainage;
        for (int p = 0; p < scenario->path_count; p++) {
            const Path *tried = &scenario->paths[p];
            const PathNode *first = path_node(tried, 0), *last = path_node(tried, tried->node_count - 1);
            if ((chainage - first->chainage) * (chainage - last->chainage) <= 0.0) path = tried;
        }
        PathPoint point = path_at(path, path_u_of_chainage(path, chainage));
        whole(out, s ? ",[" : "[", 100.0 * (point.position.x - x0));
        whole(out, ",", 100.0 * (point.position.y - y0));
        text_add(out, ",");
        Text name = {0};
        markup_text(&name, route->stations[s].name);
        text_add_json(out, text_bytes(&name));
        text_free(&name);
        text_add(out, "]");
    }
    text_add(out, "],");
}

static int worst_axle(const Scenario *scenario, const FilmFrame *frame)
{
    int worst = 0;
    for (int a = 1; a < scenario->model.axle_count; a++) {
        if (fabs(frame->error[a]) > fabs(frame->error[worst])) worst = a;
    }
    return worst;
}

static void frame_add(const Scenario *scenario, const FilmFrame *frame, double x0, double y0, Text *out)
{
    const TrainModel *model = &scenario->model;
    int worst = worst_axle(scenario, frame);
    whole(out, "[", 1e3 * frame->time);
    whole(out, ",", 100.0 * frame->speed * frame->direction);
    whole(out, ",", 10.0 * frame->chainage);
    whole(out, ",", 1e3 * fabs(frame->error[worst]));
    whole(out, ",", worst + 1);
    whole(out, ",", frame->mode);
    whole(out, ",", frame->doors);
    for (int m = 0; m < model->module_count; m++) {
        whole(out, ",", 100.0 * (frame->x[m] - x0));
        whole(out, ",", 100.0 * (frame->y[m] - y0));
        whole(out, ",", 1e3 * frame->yaw[m]);
    }
    for (int a = 0; a < model->axle_count; a++) whole(out, ",", 1e3 * frame->steer[a]);
    text_add(out, "]");
}

static const char player_controls[] =
    "<figcaption class=\"controls\"><button type=\"button\">play</button>"
    "<input type=\"range\" min=\"0\" max=\"1000\" value=\"0\" aria-label=\"time\"/>"
    "<select aria-label=\"speed\"><option value=\"1\">1x</option><option value=\"5\" selected=\"selected\">5x</option>"
    "<option value=\"20\">20x</option><option value=\"100\">100x</option></select><output>";

/* The words of the first frame, as page.js writes them of any. */
static void first_words(const Scenario *scenario, const FilmFrame *frame, Text *out)
{
    int worst = worst_axle(scenario, frame);
    markup_add(out, "%.1f s &#183; %.1f km/h &#183; chainage %.1f m &#183; %s%s &#183; worst axle %d: %.0f mm", frame->time,
               3.6 * fabs(frame->speed), frame->chainage, drive_mode_names[frame->mode],
               frame->doors ? ", doors open" : "", worst + 1, 1e3 * fabs(frame->error[worst]));
}

void page_player(const RunReport *report, const Film *film, Text *out)
{
    const Scenario *scenario = report->plan->scenario;
    if (film->frame_count < 2) return;
    double x0 = floor(film->frames[0].x[0]), y0 = floor(film->frames[0].y[0]);
    markup_add(out, "<figure class=\"player\" id=\"player-%s\"><canvas width=\"800\" height=\"400\"></canvas>",
               report->case_id);
    text_add(out, "<script type=\"application/json\">{\"modes\":[");
    for (int i = 0; drive_mode_names[i]; i++) {
        text_add(out, i ? "," : "");
        text_add_json(out, drive_mode_names[i]);
    }
    text_add(out, "],");
    shape_add(scenario, out);
    tracks_add(scenario, x0, y0, out);
    text_add(out, "\"frames\":[");
    for (int i = 0; i < film->frame_count; i++) {
        if (i) text_add(out, ",\n");
        frame_add(scenario, &film->frames[i], x0, y0, out);
    }
    text_add(out, "]}</script>");
    text_add(out, player_controls);
    first_words(scenario, &film->frames[0], out);
    text_add(out, "</output></figcaption></figure>\n");
}
