/* Speed envelopes (MODEL.md, section 9). Limits come from the path's nodes; curves from v^2 |kappa| <= a_lat; both hold
   from the nose until the tail is clear. A backward pass v_i^2 = v_(i+1)^2 + 2 b ds then makes every lower limit
   reachable by steady braking b, softer where a descent leaves the brakes less. Jerk is the ATO's matter: it reads ahead
   by the distance of its ramp.
   The table fills itself from its start as far as one reads. The pass backwards begins some way ahead at rest, the lowest
   there can be; the first node where it is held down all the same, by limit or curve and not by the brakes, is known
   whatever lies ahead, and so is everything before it: the pass is monotonic, bit for bit. */
#include "sim/operate/speed_profile.h"
#include "sim/base/elementary.h"

#define SOFTEST 0.3  /* m/s2: no descent makes it brake softer */
#define NO_LIMIT 1e9 /* m/s2 */
#define CREEP 0.5    /* m/s: no envelope is lower */
enum { AHEAD = 256 /* nodes of a pass at first */, COLUMNS = 5 };

/* What is filled so far, at the start of the table; the columns follow. */
struct ProfileFill {
    ProfileSpec spec;
    int32_t read;  /* nodes whose posted limit and curve are read */
    int32_t known; /* nodes that stand */
};

enum { FILL_DOUBLES = (sizeof(ProfileFill) + sizeof(double) - 1) / sizeof(double) };

size_t speed_profile_need(const Path *path)
{
    return FILL_DOUBLES + COLUMNS * (size_t)path->node_count;
}

static double lower(double a, double b)
{
    return a < b ? a : b;
}

double speed_profile_braking(double braking, double effort, double slope)
{
    double left = effort + slope, least = lower(SOFTEST, braking);
    return left < least ? least : lower(left, braking);
}

/* With a braking that the slope at each node allows, from node `end` on backwards to `first`, where node `end` may be as
   low as `speed_ahead`. Returns the number of nodes that are known whatever lies ahead. */
static int brake_into(const SpeedProfile *profile, int first, int end, double speed_ahead, double braking, double effort,
                      double *speed)
{
    int known = end < profile->nodes ? first : end;
    double ahead = speed_ahead;
    for (int i = end - 1; i >= first; i--) {
        double here = speed_profile_braking(braking, effort, ART_GRAVITY * path_node(profile->path, i)->grade);
        double reach = __builtin_sqrt(ahead * ahead + 2.0 * here * PATH_NODE_SPACING);
        int held = speed[i] <= reach;
        speed[i] = ahead = lower(speed[i], reach);
        if (held && known == first) known = i + 1;
    }
    return known;
}

/* The lowest of each value and the count - 1 before it, from node `first` to `end`. The place of the last lowest goes
   along and is sought anew only where it falls out of the window. */
static void hold_lowest(const double *from, int first, int end, int count, double *speed)
{
    int lowest = -1;
    for (int i = first; i < end; i++) {
        int start = i - count + 1 > 0 ? i - count + 1 : 0;
        if (lowest < start) {
            lowest = start;
            for (int k = start + 1; k <= i; k++) lowest = from[k] <= from[lowest] ? k : lowest;
        } else if (from[i] <= from[lowest]) {
            lowest = i;
        }
        speed[i] = from[lowest];
    }
}

/* Posted limits and curve speeds of the nodes up to `end`. */
static void read_nodes(const SpeedProfile *profile, int end)
{
    ProfileFill *fill = profile->fill;
    for (; fill->read < end; fill->read++) {
        const PathNode *node = path_node(profile->path, fill->read);
        double kappa = __builtin_fabs(node->curvature), top = fill->spec.speed_max;
        profile->posted[fill->read] = lower(top, node->limit);
        profile->curve[fill->read] = kappa > 1e-6 ? lower(top, __builtin_sqrt(fill->spec.lateral / kappa)) : top;
    }
}
/* Fills the columns from the first node that is not known to `end`; then a stretch of them is known, or none yet. */
static void fill_to(const SpeedProfile *profile, int end)
{
    const ProfileSpec *spec = &profile->fill->spec;
    int first = profile->fill->known, span = (int)(spec->train_length / PATH_NODE_SPACING) + 1;
    read_nodes(profile, end);
    /* one cell longer than what is posted, since the envelopes are read linearly between nodes and may not rise too
       early */
    hold_lowest(profile->posted, first, end, span + 1, profile->limit);
    hold_lowest(profile->posted, first, end, span + 2, profile->ceiling);
    hold_lowest(profile->curve, first, end, span + 2, profile->envelope);
    for (int i = first; i < end; i++) {
        profile->envelope[i] = lower(profile->ceiling[i] - spec->margin, profile->envelope[i]);
        if (profile->envelope[i] < CREEP) profile->envelope[i] = CREEP;
        profile->ceiling[i] += spec->ceiling_margin;
    }
    double ahead = end < profile->nodes ? 0.0 : NO_LIMIT;
    int drives = brake_into(profile, first, end, ahead, spec->braking, spec->braking_effort, profile->envelope);
    int allowed = brake_into(profile, first, end, ahead, spec->ceiling_braking, NO_LIMIT, profile->ceiling);
    profile->fill->known = drives < allowed ? drives : allowed;
}

void speed_profile_reach(const SpeedProfile *profile, int node)
{
    if (!profile->fill) return;
    for (int ahead = AHEAD; profile->fill->known <= node; ahead *= 2)
        fill_to(profile, node < profile->nodes - ahead ? node + ahead : profile->nodes);
}

void speed_profile_build(const Path *path, const ProfileSpec *spec, double *table, SpeedProfile *profile)
{
    int nodes = path->node_count;
    double *columns = table + FILL_DOUBLES;
    *profile = (SpeedProfile){.path = path,
                              .limit = columns,
                              .envelope = columns + nodes,
                              .ceiling = columns + 2 * nodes,
                              .posted = columns + 3 * nodes,
                              .curve = columns + 4 * nodes,
                              .nodes = nodes,
                              .fill = (ProfileFill *)table};
    *profile->fill = (ProfileFill){.spec = *spec};
}

/* The cell of a nose position and the place in it, its values filled. */
static int cell_of(const SpeedProfile *profile, double nose_u, double *share)
{
    double place = (nose_u + PATH_MARGIN) / PATH_NODE_SPACING;
    if (place < 0.0) place = 0.0;
    if (place > profile->nodes - 1.001) place = profile->nodes - 1.001;
    int i = (int)place;
    if (profile->fill && profile->fill->known < i + 2) speed_profile_reach(profile, i + 1);
    *share = place - i;
    return i;
}

static double read(const SpeedProfile *profile, const double *column, double nose_u)
{
    double share;
    int i = cell_of(profile, nose_u, &share);
    return column[i] + share * (column[i + 1] - column[i]);
}

double speed_profile_limit(const SpeedProfile *profile, double nose_u)
{
    double share;
    return profile->limit[cell_of(profile, nose_u, &share)];
}

double speed_profile_envelope(const SpeedProfile *profile, double nose_u)
{
    return read(profile, profile->envelope, nose_u);
}
double speed_profile_ceiling(const SpeedProfile *profile, double nose_u)
{
    return read(profile, profile->ceiling, nose_u);
}
