/* The marks of a path by path coordinate. Dashes come from the rows of the tracks its legs run on; a station bar
   belongs to the path when it announces a stop line of the path's direction. The map's position of a dash is
   its designed one: on the track, half the row spacing aside; the paint itself may lie elsewhere or be gone. */
#include "sim/sense/track_map.h"

static const MarkRow *row_of_track(const MarkRow *rows, int row_count, int track)
{
    for (int i = 0; i < row_count; i++)
        if (rows[i].track == track) return &rows[i];
    return 0;
}

int track_map_need(const Path *path, const MarkRow *rows, int row_count)
{
    int need = 0;
    for (int i = 0; i < path->leg_count; i++) {
        const MarkRow *row = row_of_track(rows, row_count, path->legs[i].track);
        if (row) need += row->dash_count + row->bar_count;
    }
    return need;
}

static PathMark path_mark(const Route *route, const Path *path, const Mark *mark, double guess)
{
    PathFoot foot = path_project(path, vec2(mark->x, mark->y), guess);
    int bar = mark->row == MARK_STATION_BAR;
    int left = (mark->row == MARK_LEFT_ROW) == (path->direction > 0);
    PathMark result = {.u = foot.u,
                       .x = mark->x,
                       .y = mark->y,
                       .to_stop = bar ? mark->distance : 0.0,
                       .contrast = mark->missing ? 0.0 : mark->contrast,
                       .platform = bar ? mark->platform : -1,
                       .row = bar    ? 0
                              : left ? 1
                                     : -1};
    PathPoint on_path = path_at(path, foot.u);
    double aside = 0.5 * route->marking.row_spacing * result.row;
    result.map_x = on_path.position.x - aside * on_path.tangent.y;
    result.map_y = on_path.position.y + aside * on_path.tangent.x;
    return result;
}

/* A chainage as path coordinate inside one leg: linear between its ends is within a metre of the foot. */
static double leg_u(const PathLeg *leg, double chainage)
{
    double share = (chainage - leg->from) / (leg->to - leg->from);
    return leg->u_from + share * (leg->u_to - leg->u_from);
}

static void insert_sorted(PathMark *marks, int *count, PathMark mark)
{
    int at = (*count)++;
    while (at > 0 && marks[at - 1].u > mark.u) {
        marks[at] = marks[at - 1];
        at--;
    }
    marks[at] = mark;
}

void track_map_build(const Route *route, const Path *path, const MarkRow *rows, int row_count, PathMark *marks,
                     TrackMap *map)
{
    int count = 0;
    for (int i = 0; i < path->leg_count; i++) {
        const PathLeg *leg = &path->legs[i];
        const MarkRow *row = row_of_track(rows, row_count, leg->track);
        if (!row) continue;
        double low = leg->from < leg->to ? leg->from : leg->to, high = leg->from < leg->to ? leg->to : leg->from;
        for (int k = 0; k < row->dash_count; k++) {
            const Mark *dash = &row->dashes[path->direction > 0 ? k : row->dash_count - 1 - k];
            if (dash->chainage < low || dash->chainage >= high) continue;
            insert_sorted(marks, &count, path_mark(route, path, dash, leg_u(leg, dash->chainage)));
        }
        for (int k = 0; k < row->bar_count; k++) {
            const Mark *bar = &row->bars[k];
            if (bar->chainage < low || bar->chainage >= high) continue;
            if (bar->direction != path->direction) continue;
            insert_sorted(marks, &count, path_mark(route, path, bar, leg_u(leg, bar->chainage)));
        }
    }
    map->path = path;
    map->marks = marks;
    map->count = count;
    map->row_spacing = route->marking.row_spacing;
}

/* Further than this beside the path no camera looks, m. */
static const double ghost_reach = 12.0;

void track_map_ghosts(const Path *path, const Ghost *pieces, int piece_count, PathGhost *ghosts, TrackMap *map)
{
    int count = 0;
    for (int i = 0; i < piece_count; i++) {
        double guess = path_u_of_chainage(path, pieces[i].chainage);
        PathFoot foot = path_project(path, vec2(pieces[i].x, pieces[i].y), guess);
        foot = path_project(path, vec2(pieces[i].x, pieces[i].y), foot.u);
        if (__builtin_fabs(foot.lateral) > ghost_reach) continue;
        PathGhost ghost = {.u = foot.u, .x = pieces[i].x, .y = pieces[i].y, .contrast = pieces[i].contrast};
        int at = count++;
        for (; at > 0 && ghosts[at - 1].u > ghost.u; at--) ghosts[at] = ghosts[at - 1];
        ghosts[at] = ghost;
    }
    map->ghosts = ghosts;
    map->ghost_count = count;
}

int track_map_first_ghost(const TrackMap *map, double u)
{
    int i = 0;
    while (i < map->ghost_count && map->ghosts[i].u < u) i++;
    return i;
}

int track_map_first(const TrackMap *map, double u)
{
    int low = 0, high = map->count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (map->marks[middle].u < u) low = middle + 1;
        else high = middle;
    }
    return low;
}
