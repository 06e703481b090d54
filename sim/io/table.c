/* CSV as this program writes it: no quotes but around whole cells, which results.csv may have. Ignores: line ends inside
   cells. */
#include "sim/io/table.h"
#include <math.h>
#include <string.h>
#include "sim/io/file_bytes.h"
#include "sim/io/number.h"

enum { TABLE_MAX = 1 << 30 };

static int complain(Text *why, const char *what, int line)
{
    text_add(why, "is no table: line ");
    text_add_int(why, line);
    text_add(why, what);
    return 0;
}

/* Cuts one cell off and ends it; returns the next one's start, or null behind the last. */
static char *cell_cut(char *at, const char **cell)
{
    if (*at != '"') {
        size_t length = strcspn(at, ",");
        *cell = at;
        if (at[length] == '\0') return NULL;
        at[length] = '\0';
        return at + length + 1;
    }
    char *to = ++at;
    *cell = to;
    while (*at && (*at != '"' || at[1] == '"')) {
        at += *at == '"';
        *to++ = *at++;
    }
    char *rest = *at == '"' ? at + 1 : at;
    int more = *rest == ',';
    *to = '\0';
    return more ? rest + 1 : NULL;
}

static int line_take(Table *table, char *line, int number, int *capacity, Text *why)
{
    int first = table->column_count == 0, count = 0, base = table->row_count * table->column_count;
    for (char *at = line; at; count++) {
        const char *cell;
        at = cell_cut(at, &cell);
        if (first) {
            table->names = memory_room(table->names, count, capacity, sizeof *table->names);
            table->names[count] = cell;
        } else if (count < table->column_count) {
            table->cells = memory_room(table->cells, base + count, capacity, sizeof *table->cells);
            table->cells[base + count] = cell;
        }
    }
    if (first) {
        table->column_count = count;
        *capacity = 0;
        return 1;
    }
    if (count != table->column_count) return complain(why, " has another number of cells than the names above", number);
    table->row_count++;
    return 1;
}

int table_parse(Table *table, const char *bytes, size_t size, Text *why)
{
    *table = (Table){.bytes = memory_grow(NULL, size + 1, 1)};
    memcpy(table->bytes, bytes, size);
    table->bytes[size] = '\0';
    int number = 0, capacity = 0;
    for (char *line = table->bytes; *line;) {
        size_t length = strcspn(line, "\n");
        char *next = line + length + (line[length] == '\n');
        number++;
        line[length] = '\0';
        if (length && *line != '#' && !line_take(table, line, number, &capacity, why)) return 0;
        line = next;
    }
    return table->column_count > 0 || complain(why, ": there are no names of columns", number);
}

int table_read(Table *table, const char *path, Text *why)
{
    FileBytes file;
    Text reason = {0};
    *table = (Table){0};
    int fine = file_bytes_read(path, TABLE_MAX, &file, &reason) && table_parse(table, file.bytes, file.size, &reason);
    if (!fine) {
        text_add(why, path);
        text_add(why, " ");
        text_add(why, text_bytes(&reason));
    }
    text_free(&reason);
    file_bytes_free(&file);
    return fine;
}

void table_free(Table *table)
{
    memory_free(table->names);
    memory_free(table->cells);
    memory_free(table->bytes);
    *table = (Table){0};
}

int table_column(const Table *table, const char *name)
{
    for (int i = 0; i < table->column_count; i++) {
        if (strcmp(table->names[i], name) == 0) return i;
    }
    return -1;
}

const char *table_cell(const Table *table, int row, int column)
{
    return table->cells[row * table->column_count + column];
}

/* ---- comparing ---- */

static int number_of(const char *cell, double *value)
{
    const char *rest;
    return number_scan(cell, value, &rest) == NUMBER_FINE && *rest == '\0';
}

/* The difference of two cells: 0 for equal ones, infinite where they are not both numbers. */
static double difference(const char *a, const char *b, double *size)
{
    double x, y;
    *size = 0.0;
    if (strcmp(a, b) == 0) return 0.0;
    if (!number_of(a, &x) || !number_of(b, &y)) return (double)INFINITY;
    *size = fmax(fabs(x), fabs(y));
    return fabs(x - y);
}

static double range_of(const Table *table, int column)
{
    double low = (double)INFINITY, high = -(double)INFINITY, value;
    for (int row = 0; row < table->row_count; row++) {
        if (!number_of(table_cell(table, row, column), &value)) continue;
        low = fmin(low, value);
        high = fmax(high, value);
    }
    return high > low ? high - low : fmax(fabs(high), 1e-12);
}

TableDiff table_compare(const Table *a, const Table *b, double absolute, double relative, const char *skip)
{
    TableDiff diff = {.rows_a = a->row_count, .rows_b = b->row_count, .row = -1};
    int rows = a->row_count < b->row_count ? a->row_count : b->row_count;
    for (int i = 0; i < b->column_count; i++) diff.columns_apart += table_column(a, b->names[i]) < 0;
    for (int i = 0; i < a->column_count; i++) {
        int j = table_column(b, a->names[i]);
        diff.columns_apart += j < 0;
        if (j < 0 || (skip && strcmp(skip, a->names[i]) == 0)) continue;
        double worst = 0.0;
        for (int row = 0; row < rows; row++) {
            const char *x = table_cell(a, row, i), *y = table_cell(b, row, j);
            double size, apart = difference(x, y, &size);
            if (isfinite(apart)) worst = fmax(worst, apart);
            if (apart <= absolute + relative * size) continue;
            diff.cells++;
            if (diff.row >= 0 && diff.row <= row) continue;
            diff.row = row;
            diff.column = a->names[i];
            diff.cell_a = x;
            diff.cell_b = y;
        }
        double share = worst > 0.0 ? worst / range_of(a, i) : 0.0;
        if (share <= diff.worst_share) continue;
        diff.worst = a->names[i];
        diff.worst_size = worst;
        diff.worst_share = share;
    }
    return diff;
}
