/* Tells of a drive's steer angles that lie beyond what their axle can do, so that nobody takes the column for what was
   driven. Ignores: laws of guidance, which know the limits of their axles. */
#include "sim/io/steer_note.h"
#include <math.h>
#include "sim/base/elementary.h"
#include "sim/io/number.h"

/* The first row of a column beyond a limit, or the profile's number of rows; *most is the greatest size in the column. */
static int32_t first_beyond(const Profile *profile, int32_t column, double limit, double *most)
{
    int32_t first = profile->rows;
    *most = 0.0;
    for (int32_t row = 0; row < profile->rows; row++) {
        double size = fabs(profile->values[(int64_t)row * profile->columns + column]);
        if (size > limit && first == profile->rows) first = row;
        if (size > *most) *most = size;
    }
    return first;
}

/* Hundredths of a degree say enough. */
static void add_angle(double angle, Text *out)
{
    number_add(out, floor(angle * (180.0 / ART_PI) * 100.0 + 0.5) / 100.0);
    text_add(out, " deg");
}

static void note_axle(const Scenario *scenario, Loaded *loaded, int axle, double most, double time)
{
    int from_file = scenario->manoeuvre.kind == MANOEUVRE_NONE;
    const char *section = from_file ? "drive" : "manoeuvre", *key = from_file ? "open_loop" : "kind";
    const Origin *origin = origins_find(&loaded->origins, LOAD_SCENARIO, section, key);
    Place place = {.file = loaded->files[LOAD_SCENARIO], .section = section, .key = key};
    Text line = {0};
    if (origin) place = (Place){origin->file, origin->line, origin->written, key};
    diag_place(place, &line);
    text_add(&line, "axle ");
    text_add_int(&line, axle + 1);
    text_add(&line, " is told to steer up to ");
    add_angle(most, &line);
    text_add(&line, "; it goes no further than its steer_limit of ");
    add_angle(scenario->model.steer_limit[axle], &line);
    text_add(&line, ", first at ");
    number_add(&line, floor(time * 1000.0 + 0.5) / 1000.0);
    text_add(&line, " s\n");
    load_note(loaded, text_bytes(&line));
    text_free(&line);
}

void steer_note(const Scenario *scenario, Loaded *loaded)
{
    const Profile *profile = scenario->profile;
    for (int32_t c = 0; profile && c < profile->columns; c++) {
        int axle = profile->column[c].axle;
        double limit = scenario->model.steer_limit[axle] * (1.0 + 1e-9), most;
        if (profile->column[c].kind != (int32_t)PROFILE_STEER) continue;
        int32_t row = first_beyond(profile, c, limit, &most);
        if (row == profile->rows || profile->time[row] > scenario->spec.head.duration) continue;
        note_axle(scenario, loaded, axle, most, profile->time[row]);
    }
}
