/* Speed envelopes of a path by the place of the leading nose: the static limits held until the tail has left them, and
   the fastest speed from which the train can brake into every lower limit ahead. */
#pragma once
#include "sim/base/param.h"
#include "sim/route/path.h"

/* How far a profile is filled, in its table. */
typedef struct ProfileFill ProfileFill;

/* The profile is constant to its readers, but fills itself as far as one reads, so that a short run does not wait for a
   long line. Two threads may not read one profile. */
typedef struct SpeedProfile {
    const Path *path;
    double *limit;    /* m/s at node i of the path: lowest limit between nose and tail */
    double *envelope; /* m/s: ATO's, with curve comfort and comfort braking */
    double *ceiling;  /* m/s: ATP's, limits plus margin, with its own braking rate */
    int32_t nodes;
    double *posted, *curve; /* m/s at node i alone */
    ProfileFill *fill;      /* null: all values were given */
} SpeedProfile;

typedef struct ProfileSpec {
    double train_length;      /* m */
    double speed_max;         /* m/s, of the vehicle */
    double margin;            /* m/s that the ATO stays below a limit */
    double lateral;           /* m/s2 in curves */
    double braking;           /* m/s2, ATO */
    double braking_effort;    /* m/s2 of its brakes at most, slope included */
    double ceiling_margin;    /* m/s above a limit where the ATP brakes */
    double ceiling_braking;   /* m/s2, ATP, into a lower limit */
} ProfileSpec;

/* Comfort braking where gravity pulls against the travel by `slope`, m/s2: what the planned effort leaves beyond gravity. */
double speed_profile_braking(double braking, double effort, double slope);
size_t speed_profile_need(const Path *path); /* doubles */
void speed_profile_build(const Path *path, const ProfileSpec *spec, double *table, SpeedProfile *profile);
/* Fills the three columns up to a node, for who reads them. */
void speed_profile_reach(const SpeedProfile *profile, int node);
/* Values at a nose position; between nodes linear for the envelopes, the lower for the limit. */
double speed_profile_limit(const SpeedProfile *profile, double nose_u);
double speed_profile_envelope(const SpeedProfile *profile, double nose_u);
double speed_profile_ceiling(const SpeedProfile *profile, double nose_u);
