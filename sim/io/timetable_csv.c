/* Timetables as a planner writes them: who is where when. A row is compared with the call that comes next on the line; one
   that is left out is told once, and the rows behind it are compared with what follows. An empty cell is a time that is not
   kept. Ignores: clock times, dates, trains of their own; others than the first follow by their headways. */
#include "sim/io/timetable_csv.h"
#include <stdlib.h>
#include <string.h>
#include "sim/io/csv_lines.h"
#include "sim/world/timetable.h"

enum { COLUMN_STATION, COLUMN_ARRIVAL, COLUMN_DEPARTURE, COLUMNS };

static const char *const column_names[COLUMNS] = {"station", "arrival_s", "departure_s"};
static const double time_max = 172800.0; /* s, the longest run */

/* A file on its way. */
typedef struct Table {
    Csv csv;
    const TimetableCalls *calls;
    int at[COLUMNS]; /* where each column stands; -1: nowhere */
    int columns;
    int rows;        /* so far */
    int next;        /* the call that the next row should be, counted over all rounds */
    int lost;        /* 1: a row fits no call, so that the number of rows says nothing */
    double last;     /* s, the latest time of the row before */
    const char *last_cell; /* the same as written; null: no time so far */
} Table;

static int column_find(const char *name)
{
    int column = 0;
    while (column < COLUMNS && strcmp(name, column_names[column]) != 0) column++;
    return column;
}

static void complain_column(const Csv *csv, const char *name)
{
    Nearest nearest = nearest_begin(name);
    Text hint = {0};
    for (int i = 0; i < COLUMNS; i++) nearest_try(&nearest, column_names[i]);
    text_add(&hint, "\"; columns are station, arrival_s, departure_s");
    nearest_text(&nearest, &hint);
    csv_complain(csv, "unknown column \"", name, text_bytes(&hint));
    text_free(&hint);
}

static void read_head(Table *table)
{
    Csv *csv = &table->csv;
    int unknown = 0;
    table->columns = csv->cell_count;
    for (int i = 0; i < COLUMNS; i++) table->at[i] = -1;
    for (int i = 0; i < csv->cell_count; i++) {
        int column = column_find(csv->cells[i]);
        unknown |= column == COLUMNS;
        if (column == COLUMNS) complain_column(csv, csv->cells[i]);
        else if (table->at[column] >= 0) csv_complain(csv, "the column \"", csv->cells[i], "\" stands twice");
        else table->at[column] = i;
    }
    const char *right = " is missing: the first line names the columns, as station,arrival_s,departure_s";
    if (unknown) return; /* it may be the one that is missing */
    if (table->at[COLUMN_STATION] < 0) csv_complain(csv, "the column \"station\"", right, "");
    if (table->at[COLUMN_ARRIVAL] < 0 && table->at[COLUMN_DEPARTURE] < 0)
        csv_complain(csv, "a column of times, arrival_s or departure_s,", right, "");
}

static const char *call_name(const TimetableCalls *calls, int call)
{
    return calls->route->stations[calls->stations[call % calls->count]].name;
}

/* The station's number, with a message -1 where there is none or the line does not stop: a name that is wrong is taken for
   the one that was meant, a call too many for none. */
static int read_station(Table *table, const char *name)
{
    const TimetableCalls *calls = table->calls;
    int station = route_station_find(calls->route, name);
    if (station < 0) {
        Nearest nearest = nearest_begin(name);
        Text hint = {0};
        for (int i = 0; i < calls->route->station_count; i++) nearest_try(&nearest, calls->route->stations[i].name);
        text_add(&hint, "\" is no station of the route");
        nearest_text(&nearest, &hint);
        csv_complain(&table->csv, "\"", name, text_bytes(&hint));
        text_free(&hint);
        table->next++;
        return -1;
    }
    for (int i = 0; i < calls->count; i++)
        if (calls->stations[i] == station) return station;
    csv_complain(&table->csv, "the line does not stop at \"", name, "\" (see [service] line, stops and [stop.NAME] skip)");
    return -1;
}

/* Puts the row beside the call that it is. */
static void match_call(Table *table, const char *name)
{
    const TimetableCalls *calls = table->calls;
    int station = read_station(table, name), all = calls->count * calls->rounds;
    if (station < 0) return;
    if (table->next >= all) {
        if (!table->lost) csv_complain(&table->csv, "\"", name, "\" comes after the last call of the last round");
        table->lost = 1;
        return;
    }
    if (calls->stations[table->next % calls->count] != station) {
        Text text = {0};
        text_add(&text, "\" stands where the line stops at \"");
        text_add(&text, call_name(calls, table->next));
        text_add(&text, "\"");
        csv_complain(&table->csv, "\"", name, text_bytes(&text));
        text_free(&text);
        table->lost = 1;
        while (calls->stations[table->next % calls->count] != station) table->next++;
    }
    table->next++;
}

/* A time of the row; -1 of an empty cell, of one that is no time, or where the column is missing. */
static double read_time(const Table *table, int column)
{
    const Csv *csv = &table->csv;
    const char *cell = table->at[column] < 0 ? "" : csv->cells[table->at[column]];
    long long before = diag_count(csv->diag);
    double time = *cell ? csv_number(csv, cell) : -1.0;
    if (!*cell || diag_count(csv->diag) > before) return -1.0;
    if (time < 0.0) csv_complain(csv, "the time ", cell, " is below 0; times are seconds since the start of the run");
    if (time > time_max) csv_complain(csv, "the time ", cell, " is beyond 172800 s, the longest run");
    return time;
}

/* A train stands before it leaves, and comes later than it left the stop before. */
static void check_order(Table *table, ServiceTime time)
{
    const Csv *csv = &table->csv;
    const char *arrival = time.arrive < 0.0 ? "" : csv->cells[table->at[COLUMN_ARRIVAL]];
    const char *departure = time.depart < 0.0 ? "" : csv->cells[table->at[COLUMN_DEPARTURE]];
    if (!*arrival && !*departure) return;
    Text text = {0};
    double first = *arrival ? time.arrive : time.depart;
    if (*arrival && *departure && time.depart < time.arrive) {
        text_add(&text, " comes before the arrival, ");
        text_add(&text, arrival);
        csv_complain(csv, "the departure ", departure, text_bytes(&text));
    } else if (table->last_cell && first <= table->last) {
        text_add(&text, " does not come after that of the row before, ");
        text_add(&text, table->last_cell);
        csv_complain(csv, "the time ", *arrival ? arrival : departure, text_bytes(&text));
    }
    text_free(&text);
    table->last = *departure ? time.depart : time.arrive;
    table->last_cell = *departure ? departure : arrival;
}

static void add_row(Table *table, ServiceTime times[SERVICE_TIMES_MAX])
{
    if (!csv_has_cells(&table->csv, table->columns)) {
        table->next++;
        return;
    }
    match_call(table, table->csv.cells[table->at[COLUMN_STATION]]);
    ServiceTime time = {read_time(table, COLUMN_ARRIVAL), read_time(table, COLUMN_DEPARTURE)};
    check_order(table, time);
    times[table->rows++] = time;
}

/* One round, or all of them. */
static void check_end(const Table *table)
{
    const TimetableCalls *calls = table->calls;
    int all = calls->count * calls->rounds;
    if (table->rows == 0) csv_complain(&table->csv, "there is no row below the names of the columns", "", "");
    else if (!table->last_cell) csv_complain(&table->csv, "no row has a time", "", "");
    if (table->rows == 0 || table->rows == calls->count || table->rows == all) return;
    Text text = {0};
    text_add(&text, "\", where the line stops next; a round has ");
    text_add_int(&text, calls->count);
    text_add(&text, " calls");
    if (calls->rounds > 1) {
        text_add(&text, ", all rounds have ");
        text_add_int(&text, all);
    }
    csv_complain(&table->csv, "the file ends before \"", call_name(calls, table->rows), text_bytes(&text));
    text_free(&text);
}

static void read_lines(Table *table, ServiceTime times[SERVICE_TIMES_MAX])
{
    Csv *csv = &table->csv;
    long long before = diag_count(csv->diag);
    csv_next(csv);
    read_head(table);
    if (diag_count(csv->diag) > before) return;
    while (csv_next(csv)) {
        if (csv->cell_count == 0) continue;
        if (table->rows == SERVICE_TIMES_MAX) {
            csv_complain(csv, "more than 2048 rows; state one round, and the time to the next as [service] cycle", "", "");
            return;
        }
        add_row(table, times);
    }
    if (diag_count(csv->diag) == before) check_end(table);
}

int timetable_csv_read(const char *path, const char *shown, const TimetableCalls *calls, Diag *diag,
                       ServiceTime times[SERVICE_TIMES_MAX])
{
    Table table = {.csv = {.file = shown, .diag = diag, .first = "station, arrival_s, departure_s",
                           .example = "station,arrival_s,departure_s"},
                   .calls = calls};
    long long before = diag_count(diag);
    if (csv_open(&table.csv, path)) read_lines(&table, times);
    csv_close(&table.csv);
    return diag_count(diag) == before ? table.rows : 0;
}

int timetable_csv_load(Loaded *loaded)
{
    ScenarioSpec *spec = loaded->parts[LOAD_SCENARIO];
    const Route *route = loaded->parts[LOAD_ROUTE];
    spec->time_count = 0;
    if (spec->service.timetable[0] != '/') return 1;
    TimetableCalls calls = {.route = route, .rounds = spec->service.rounds};
    calls.count = timetable_calls(spec, route, calls.stations);
    if (calls.count == 0) return 1;
    char *shown = path_shown(spec->service.timetable);
    spec->time_count = timetable_csv_read(spec->service.timetable, shown, &calls, &loaded->diag, spec->times);
    free(shown);
    return spec->time_count > 0;
}
