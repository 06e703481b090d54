/* Looks a drive profile up: bisection on the times, then linear between two rows. */
#include "sim/world/profile.h"

void profile_at(const Profile *profile, double time, double *values)
{
    int32_t low = 0, high = profile->rows - 1;
    while (high - low > 1) {
        int32_t middle = low + (high - low) / 2;
        if (profile->time[middle] <= time) low = middle;
        else high = middle;
    }
    const double *a = profile->values + (int64_t)low * profile->columns;
    const double *b = profile->values + (int64_t)high * profile->columns;
    double span = profile->time[high] - profile->time[low];
    double share = span > 0.0 ? (time - profile->time[low]) / span : 0.0;
    share = share < 0.0 ? 0.0 : share > 1.0 ? 1.0 : share;
    for (int32_t c = 0; c < profile->columns; c++) values[c] = a[c] + share * (b[c] - a[c]);
}

int32_t profile_has(const Profile *profile, ProfileKind kind)
{
    for (int32_t c = 0; c < profile->columns; c++)
        if (profile->column[c].kind == (int32_t)kind) return 1;
    return 0;
}
