/* Drive profiles as CSV: decimal points, commas between columns, one row a time, times that increase. Every mistake is
   told with its line; a column that is not known is told with the nearest name; so is a value that no train can have.
   Blank lines at the end are ignored. */
#include "sim/io/profile_csv.h"
#include <stdlib.h>
#include <string.h>
#include "sim/io/csv_lines.h"
#include "sim/world/scenario.h"

#define STEER_MOST 1.5707963267948966 /* rad: a wheel across its axle */
#define SPEED_MOST 200.0              /* m/s */
#define TORQUE_MOST 1e7               /* Nm: a hundred times what the strongest hub motor gives */

enum { CSV_ROWS_MAX = 2000000 };

static const struct {
    const char *suffix;
    ProfileKind kind;
} axle_columns[] = {{"_steer_rad", PROFILE_STEER},
                    {"_drive_torque_nm", PROFILE_DRIVE_TORQUE},
                    {"_brake_torque_nm", PROFILE_BRAKE_TORQUE}};

/* "axle3_steer_rad": returns 1 and the column, or 0. */
static int axle_column(const char *name, ProfileColumn *column)
{
    if (strncmp(name, "axle", 4) != 0 || name[4] < '1' || name[4] > '9') return 0;
    char *rest;
    long axle = strtol(name + 4, &rest, 10);
    for (size_t i = 0; i < sizeof axle_columns / sizeof axle_columns[0]; i++) {
        if (strcmp(rest, axle_columns[i].suffix) != 0 || axle > ART_AXLES_MAX) continue;
        *column = (ProfileColumn){.kind = (int32_t)axle_columns[i].kind, .axle = (int32_t)axle - 1};
        return 1;
    }
    return 0;
}

static void complain_column(const Csv *csv, const char *name, int axle_count)
{
    Nearest nearest = nearest_begin(name);
    Text hint = {0};
    nearest_try(&nearest, "speed_mps");
    for (int axle = 1; axle <= axle_count; axle++)
        for (size_t i = 0; i < sizeof axle_columns / sizeof axle_columns[0]; i++) {
            Text candidate = {0};
            text_add(&candidate, "axle");
            text_add_int(&candidate, axle);
            text_add(&candidate, axle_columns[i].suffix);
            nearest_try(&nearest, text_bytes(&candidate));
            text_free(&candidate);
        }
    text_add(&hint, "\"; columns are time_s, speed_mps, axleN_steer_rad, axleN_drive_torque_nm, axleN_brake_torque_nm");
    nearest_text(&nearest, &hint);
    csv_complain(csv, "unknown column \"", name, text_bytes(&hint));
    text_free(&hint);
}

static void read_head(Csv *csv, int axle_count, Profile *profile)
{
    if (csv->cell_count == 0 || strcmp(csv->cells[0], "time_s") != 0) {
        csv_complain(csv, "the first line must name the columns, time_s first: time_s,axle1_steer_rad", "", "");
        return;
    }
    for (int i = 1; i < csv->cell_count; i++) {
        ProfileColumn column = {.kind = PROFILE_SPEED, .axle = 0};
        const char *name = csv->cells[i];
        if (strcmp(name, "speed_mps") != 0 && !axle_column(name, &column)) {
            complain_column(csv, name, axle_count);
            continue;
        }
        if (column.axle >= axle_count) csv_complain(csv, "the vehicle has no axle for the column \"", name, "\"");
        for (int k = 0; k < profile->columns; k++)
            if (profile->column[k].kind == column.kind && profile->column[k].axle == column.axle)
                csv_complain(csv, "the column \"", name, "\" stands twice");
        if (profile->columns < PROFILE_COLUMNS_MAX) profile->column[profile->columns++] = column;
    }
    if (csv->cell_count == 1) csv_complain(csv, "there is no column beside time_s", "", "");
}

/* What no train can do is a slip of the unit. */
static void check_cell(const Csv *csv, ProfileKind kind, const char *cell, double value)
{
    double size = value < 0.0 ? -value : value;
    if (kind == PROFILE_STEER && size > STEER_MOST)
        csv_complain(csv, "the steer angle ", cell, " is beyond 90 degrees, which no axle can have; it is in rad");
    if (kind == PROFILE_SPEED && size > SPEED_MOST)
        csv_complain(csv, "the speed ", cell, " is beyond 200 m/s, which no road train can have; it is in m/s");
    if ((kind == PROFILE_DRIVE_TORQUE || kind == PROFILE_BRAKE_TORQUE) && size > TORQUE_MOST)
        csv_complain(csv, "the torque ", cell, " is beyond 1e7 Nm, which no axle can have; it is in Nm");
    if (kind == PROFILE_BRAKE_TORQUE && value < 0.0)
        csv_complain(csv, "the brake torque ", cell, " is below 0; a brake acts against the wheel, whichever way it turns");
}

typedef struct Rows {
    double *time, *values;
    int capacity;
} Rows;

static void add_row(Csv *csv, Profile *profile, Rows *rows)
{
    int need = profile->columns + 1;
    if (!csv_has_cells(csv, need)) return;
    if (profile->rows == rows->capacity) {
        rows->capacity = rows->capacity ? 2 * rows->capacity : 256;
        rows->time = memory_grow(rows->time, (size_t)rows->capacity, sizeof *rows->time);
        rows->values =
            memory_grow(rows->values, (size_t)rows->capacity, (size_t)profile->columns * sizeof *rows->values);
    }
    double time = csv_number(csv, csv->cells[0]);
    if (profile->rows > 0 && time <= rows->time[profile->rows - 1])
        csv_complain(csv, "the time ", csv->cells[0], " does not come after the row before");
    rows->time[profile->rows] = time;
    double *row = rows->values + (size_t)profile->rows * (size_t)profile->columns;
    for (int i = 0; i < profile->columns; i++) {
        row[i] = csv_number(csv, csv->cells[i + 1]);
        check_cell(csv, (ProfileKind)profile->column[i].kind, csv->cells[i + 1], row[i]);
    }
    profile->rows++;
}

static void read_lines(Csv *csv, int axle_count, Profile *profile, Rows *rows)
{
    long long before = diag_count(csv->diag);
    csv_next(csv);
    read_head(csv, axle_count, profile);
    if (diag_count(csv->diag) > before) return;
    while (csv_next(csv)) {
        if (csv->cell_count == 0) continue;
        if (profile->rows == CSV_ROWS_MAX) {
            csv_complain(csv, "more than 2000000 rows", "", "");
            return;
        }
        add_row(csv, profile, rows);
    }
    if (profile->rows == 0) csv_complain(csv, "there is no row below the names of the columns", "", "");
}

int profile_csv_read(const char *path, const char *shown, int axle_count, Diag *diag, Profile *profile)
{
    Csv csv = {.file = shown, .diag = diag, .first = "time_s first", .example = "time_s,axle1_steer_rad"};
    Rows rows = {0};
    long long before = diag_count(diag);
    memset(profile, 0, sizeof *profile);
    if (csv_open(&csv, path)) read_lines(&csv, axle_count, profile, &rows);
    csv_close(&csv);
    profile->time = rows.time;
    profile->values = rows.values;
    if (diag_count(diag) == before) return 1;
    profile_csv_free(profile);
    return 0;
}

int profile_csv_load(Loaded *loaded, Profile *profile)
{
    const ScenarioSpec *spec = loaded->parts[LOAD_SCENARIO];
    const Vehicle *vehicle = loaded->parts[LOAD_VEHICLE];
    *profile = (Profile){0};
    if (spec->drive.open_loop[0] != '/') return 1;
    char *shown = path_shown(spec->drive.open_loop);
    int fine = profile_csv_read(spec->drive.open_loop, shown, vehicle->axle_count, &loaded->diag, profile);
    free(shown);
    return fine;
}

void profile_csv_free(Profile *profile)
{
    free((void *)profile->time);
    free((void *)profile->values);
    memset(profile, 0, sizeof *profile);
}
