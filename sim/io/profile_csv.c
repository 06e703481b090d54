/* Drive profiles as CSV: decimal points, commas between columns, one row a time, times that increase. Every mistake is
   told with its line; a column that is not known is told with the nearest name. Blank lines at the end are ignored. */
#include "sim/io/profile_csv.h"
#include <stdlib.h>
#include <string.h>
#include "sim/io/file_bytes.h"
#include "sim/io/number.h"
#include "sim/world/scenario.h"

enum { CSV_BYTES_MAX = 64 << 20, CSV_LINE_MAX = 4096, CSV_ROWS_MAX = 2000000 };

typedef struct Csv {
    const char *file;
    Diag *diag;
    int line;
    char *at; /* next line of the text */
    char *cells[PROFILE_COLUMNS_MAX + 1];
    int cell_count;
} Csv;

static void complain_csv(const Csv *csv, const char *what, const char *which, const char *right)
{
    Place place = {.file = csv->file, .line = csv->line};
    DIAG_ADD(csv->diag, place, what, which, right);
}

static char *trim(char *text)
{
    while (*text == ' ' || *text == '\t') text++;
    char *end = text + strlen(text);
    while (end > text && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r')) *--end = '\0';
    return text;
}

/* Cuts the next line into cells; returns 0 at the end of the text. */
static int next_line(Csv *csv)
{
    if (*csv->at == '\0') return 0;
    char *line = csv->at, *end = strchr(line, '\n');
    csv->line++;
    csv->cell_count = 0;
    csv->at = end ? end + 1 : line + strlen(line);
    if (end) *end = '\0';
    if (strlen(line) > CSV_LINE_MAX) {
        complain_csv(csv, "the line is longer than 4096 bytes", "", "");
        return 1;
    }
    line = trim(line);
    if (*line == '\0') return 1;
    for (char *cell = line; cell;) {
        char *comma = strchr(cell, ',');
        if (comma) *comma = '\0';
        if (csv->cell_count > PROFILE_COLUMNS_MAX) {
            complain_csv(csv, "more columns than any vehicle has", "", "");
            return 1;
        }
        csv->cells[csv->cell_count++] = trim(cell);
        cell = comma ? comma + 1 : NULL;
    }
    return 1;
}

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
    complain_csv(csv, "unknown column \"", name, text_bytes(&hint));
    text_free(&hint);
}

/* What a spreadsheet makes of a CSV, each refused with what to do; 1 when it was one of these. */
static int refuse_spreadsheet(Csv *csv)
{
    const char *line = csv->at;
    size_t length = strcspn(line, "\n"), commas = strcspn(line, ",\n"), cr = strcspn(line, "\r\n");
    const char *why = NULL;
    if (strncmp(line, "\xef\xbb\xbf", 3) == 0) {
        why = "the file begins with a byte order mark (BOM); save it as UTF-8 without one";
    } else if (line[cr] == '\r' && line[cr + 1] != '\n') {
        why = "a CR that ends no line; save the file with LF line ends";
    } else if (memchr(line, '"', length)) {
        why = "quotation marks; names and numbers stand without them";
    } else if (commas == length && memchr(line, ';', length)) {
        why = "semicolons between the columns; write commas, and decimals with a point: time_s,axle1_steer_rad";
    } else if (commas == length && memchr(line, '\t', length)) {
        why = "tabs between the columns; write commas: time_s,axle1_steer_rad";
    }
    if (!why) return 0;
    csv->line = 1;
    complain_csv(csv, why, "", "");
    return 1;
}

static void read_head(Csv *csv, int axle_count, Profile *profile)
{
    if (csv->cell_count == 0 || strcmp(csv->cells[0], "time_s") != 0) {
        complain_csv(csv, "the first line must name the columns, time_s first: time_s,axle1_steer_rad", "", "");
        return;
    }
    for (int i = 1; i < csv->cell_count; i++) {
        ProfileColumn column = {.kind = PROFILE_SPEED, .axle = 0};
        const char *name = csv->cells[i];
        if (strcmp(name, "speed_mps") != 0 && !axle_column(name, &column)) {
            complain_column(csv, name, axle_count);
            continue;
        }
        if (column.axle >= axle_count) complain_csv(csv, "the vehicle has no axle for the column \"", name, "\"");
        for (int k = 0; k < profile->columns; k++)
            if (profile->column[k].kind == column.kind && profile->column[k].axle == column.axle)
                complain_csv(csv, "the column \"", name, "\" stands twice");
        if (profile->columns < PROFILE_COLUMNS_MAX) profile->column[profile->columns++] = column;
    }
    if (csv->cell_count == 1) complain_csv(csv, "there is no column beside time_s", "", "");
}

/* One cell as a number; 0 with a message when it is none. */
static double read_cell(const Csv *csv, const char *cell)
{
    double value = 0.0;
    const char *rest;
    NumberScan scan = number_scan(cell, &value, &rest);
    if (scan == NUMBER_FINE && *rest == '\0') return value;
    complain_csv(csv, "\"", cell, "\" is no finite decimal number such as 0.5 or -1e-3");
    return 0.0;
}

typedef struct Rows {
    double *time, *values;
    int capacity;
} Rows;

static void add_row(Csv *csv, Profile *profile, Rows *rows)
{
    int need = profile->columns + 1;
    if (csv->cell_count != need) {
        Text text = {0};
        text_add_int(&text, csv->cell_count);
        text_add(&text, " columns where the first line names ");
        text_add_int(&text, need);
        if (csv->cell_count > need) text_add(&text, "; a decimal point is written \".\"");
        complain_csv(csv, text_bytes(&text), "", "");
        text_free(&text);
        return;
    }
    if (profile->rows == rows->capacity) {
        rows->capacity = rows->capacity ? 2 * rows->capacity : 256;
        rows->time = memory_grow(rows->time, (size_t)rows->capacity, sizeof *rows->time);
        rows->values =
            memory_grow(rows->values, (size_t)rows->capacity, (size_t)profile->columns * sizeof *rows->values);
    }
    double time = read_cell(csv, csv->cells[0]);
    if (profile->rows > 0 && time <= rows->time[profile->rows - 1])
        complain_csv(csv, "the time ", csv->cells[0], " does not come after the row before");
    rows->time[profile->rows] = time;
    double *row = rows->values + (size_t)profile->rows * (size_t)profile->columns;
    for (int i = 0; i < profile->columns; i++) {
        row[i] = read_cell(csv, csv->cells[i + 1]);
        if (profile->column[i].kind == (int32_t)PROFILE_BRAKE_TORQUE && row[i] < 0.0)
            complain_csv(csv, "the brake torque ", csv->cells[i + 1],
                         " is below 0; a brake acts against the wheel, whichever way it turns");
    }
    profile->rows++;
}

static void read_text(Csv *csv, size_t size, int axle_count, Profile *profile, Rows *rows)
{
    if (size == 0) {
        complain_csv(csv, "the file is empty", "", "; the first line names the columns, time_s first");
        return;
    }
    if (bytes_are_utf16(csv->at, size)) {
        complain_csv(csv, "the file is UTF-16 text", "", "; save it as UTF-8");
        return;
    }
    if (strlen(csv->at) != size) {
        complain_csv(csv, "the file has a NUL byte", "", "; a text file is expected");
        return;
    }
    if (refuse_spreadsheet(csv)) return;
    long long before = diag_count(csv->diag);
    next_line(csv);
    read_head(csv, axle_count, profile);
    if (diag_count(csv->diag) > before) return;
    while (next_line(csv)) {
        if (csv->cell_count == 0) continue;
        if (profile->rows == CSV_ROWS_MAX) {
            complain_csv(csv, "more than 2000000 rows", "", "");
            return;
        }
        add_row(csv, profile, rows);
    }
    if (profile->rows == 0) complain_csv(csv, "there is no row below the names of the columns", "", "");
}

int profile_csv_read(const char *path, const char *shown, int axle_count, Diag *diag, Profile *profile)
{
    Text why = {0};
    FileBytes file;
    Csv csv = {.file = shown, .diag = diag};
    Rows rows = {0};
    long long before = diag_count(diag);
    memset(profile, 0, sizeof *profile);
    if (!file_bytes_read(path, CSV_BYTES_MAX, &file, &why)) {
        complain_csv(&csv, text_bytes(&why), "", "");
    } else {
        csv.at = file.bytes;
        read_text(&csv, file.size, axle_count, profile, &rows);
        file_bytes_free(&file);
    }
    text_free(&why);
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
