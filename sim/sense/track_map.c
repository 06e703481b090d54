/* The marks of a path by path coordinate. Dashes come from the tracks its legs run on; a station bar belongs to the path
   when it announces a stop line of the path's direction. The map's position of a dash is its designed one: on the track,
   half the row spacing aside; the paint itself may lie elsewhere or be gone.
   Marks are made leg by leg in the order of travel, and what stands is sorted. A bar is made where the dashes come within
   SLACK of it, and the marks up to u stand when a dash twice SLACK beyond u was made. Ignores: paint that was put so far aside
   in a tight curve that its foot moves by more than SLACK. */
#include "sim/sense/track_map.h"

#define SLACK 8.0 /* m */
#define FAR 1e9   /* m */
enum { BARS_A_PLATFORM = 6 };

/* The dashes and bars of one leg. */
typedef struct LegMarks {
    int32_t from, to;        /* dashes in the order of travel */
    int32_t bar, bar_count;  /* the next one, and how many there are */
    Mark *bars;              /* in the order of travel */
    MarkMaker maker;
} LegMarks;

/* How far a map is made. */
struct MapFill {
    const Route *route;
    PathMark *marks;
    int32_t count, leg, leg_count, next; /* marks made; where to go on */
    double until;                        /* m: all marks up to there stand */
    LegMarks legs[];
};

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

/* Of equal places a dash goes before a bar, and what was made first goes first. */
static void insert_sorted(PathMark *marks, int *count, PathMark mark)
{
    int at = (*count)++;
    while (at > 0 && (marks[at - 1].u > mark.u || (marks[at - 1].u == mark.u && marks[at - 1].row == 0 && mark.row != 0))) {
        marks[at] = marks[at - 1];
        at--;
    }
    marks[at] = mark;
}

static size_t line_up(size_t bytes)
{
    return (bytes + 15u) / 16u * 16u;
}

size_t track_map_need(const Alignment *alignment, const PathLeg *legs, int leg_count)
{
    size_t bars = (size_t)alignment->route->platform_count * BARS_A_PLATFORM, marks = bars * (size_t)leg_count;
    for (int i = 0; i < leg_count; i++) marks += (size_t)marking_dash_need(alignment, legs[i].track);
    size_t fill = sizeof(MapFill) + (size_t)leg_count * (sizeof(LegMarks) + bars * sizeof(Mark));
    return line_up(fill) + marks * sizeof(PathMark);
}

/* The number of a leg's dash in the order of travel. */
static int travelled(const LegMarks *marks, int direction, int k)
{
    return direction > 0 ? k : marks->maker.dash_count - 1 - k;
}

/* The first dash in the order of travel whose chainage is not `before` a place. */
static int first_dash(const LegMarks *marks, int direction, double low, double high, int after)
{
    int least = 0, most = marks->maker.dash_count;
    while (least < most) {
        int middle = (least + most) / 2;
        double chainage = marking_chainage(&marks->maker, travelled(marks, direction, middle));
        int beyond = direction > 0 ? chainage >= (after ? high : low) : chainage < (after ? low : high);
        if (beyond) most = middle;
        else least = middle + 1;
    }
    return least;
}

static int leg_begin(const Alignment *alignment, const Path *path, const PathLeg *leg, LegMarks *marks)
{
    double low = leg->from < leg->to ? leg->from : leg->to, high = leg->from < leg->to ? leg->to : leg->from;
    marking_begin(alignment, leg->track, &marks->maker);
    marks->from = first_dash(marks, path->direction, low, high, 0);
    marks->to = first_dash(marks, path->direction, low, high, 1);
    int found = marking_bars(&marks->maker, path->direction, marks->bars);
    marks->bar = marks->bar_count = 0;
    for (int i = 0; i < found; i++) {
        Mark bar = marks->bars[i];
        if (bar.chainage < low || bar.chainage >= high) continue;
        int at = marks->bar_count++;
        for (; at > 0 && path->direction < 0 && marks->bars[at - 1].chainage < bar.chainage; at--)
            marks->bars[at] = marks->bars[at - 1];
        marks->bars[at] = bar;
    }
    return marks->bar_count + marks->to - marks->from;
}

void track_map_build(const Alignment *alignment, const Path *path, void *memory, TrackMap *map)
{
    MapFill *fill = memory;
    size_t bars = (size_t)alignment->route->platform_count * BARS_A_PLATFORM;
    Mark *bar = (Mark *)&fill->legs[path->leg_count];
    *map = (TrackMap){.path = path, .fill = fill, .row_spacing = alignment->route->marking.row_spacing};
    for (int i = 0; i < path->leg_count; i++, bar += bars) {
        fill->legs[i].bars = bar;
        map->count += leg_begin(alignment, path, &path->legs[i], &fill->legs[i]);
    }
    size_t used = sizeof *fill + (size_t)path->leg_count * (sizeof(LegMarks) + bars * sizeof(Mark));
    fill->route = alignment->route;
    map->marks = fill->marks = (PathMark *)((char *)memory + line_up(used));
    fill->count = fill->leg = 0;
    fill->leg_count = path->leg_count;
    fill->next = fill->legs[0].from;
    fill->until = -FAR;
}

/* Puts a mark of a leg among those made. */
static double make_mark(const TrackMap *map, const PathLeg *leg, const Mark *mark)
{
    MapFill *fill = map->fill;
    PathMark made = path_mark(fill->route, map->path, mark, leg_u(leg, mark->chainage));
    insert_sorted(fill->marks, &fill->count, made);
    return made.u;
}

/* Makes the bars of a leg that lie less than `reach` beyond a chainage. */
static void make_bars(const TrackMap *map, const PathLeg *leg, LegMarks *marks, double chainage, double reach)
{
    for (; marks->bar < marks->bar_count; marks->bar++) {
        const Mark *bar = &marks->bars[marks->bar];
        if (map->path->direction * (bar->chainage - chainage) >= reach) return;
        make_mark(map, leg, bar);
    }
}

void track_map_reach(const TrackMap *map, double u)
{
    MapFill *fill = map->fill;
    if (!fill || fill->until > u) return;
    const Path *path = map->path;
    while (fill->leg < fill->leg_count && !(fill->until > u)) {
        const PathLeg *leg = &path->legs[fill->leg];
        LegMarks *marks = &fill->legs[fill->leg];
        if (fill->next >= marks->to) {
            make_bars(map, leg, marks, leg->to, FAR);
            fill->leg++;
            if (fill->leg < fill->leg_count) fill->next = fill->legs[fill->leg].from;
            continue;
        }
        Mark dash = marking_dash(&marks->maker, travelled(marks, path->direction, fill->next++));
        make_bars(map, leg, marks, dash.chainage, SLACK);
        fill->until = make_mark(map, leg, &dash) - 2.0 * SLACK;
    }
    if (fill->leg == fill->leg_count) fill->until = FAR;
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
    track_map_reach(map, u);
    int low = 0, high = map->fill ? map->fill->count : map->count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (map->marks[middle].u < u) low = middle + 1;
        else high = middle;
    }
    return low;
}
